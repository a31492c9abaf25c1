"""Whether a draft may be shown: every word of it must stand in the clauses it cites."""
