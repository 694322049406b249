"""Tables -> tables: pure functions that answer what a runner asks."""
