"""Hill repeats in the recording of a run: found, timed, measured, doubted."""
