"""Fictional application packages, made by a script, with what is true of them."""
