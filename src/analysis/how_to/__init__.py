"""How each exercise is done: drawn figures, a card of each exercise, and a sheet for each week of a plan."""
