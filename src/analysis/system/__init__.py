"""Files, processes and places: written whole, read out of archives, spread over processors. Knows nothing of training."""
