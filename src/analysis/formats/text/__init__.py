"""What all tables of text share: bytes -> cells -> strict values -> columns in our words."""
