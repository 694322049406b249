"""Lists of activities, as sites and watches export them."""
