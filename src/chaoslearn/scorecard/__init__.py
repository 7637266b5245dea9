"""Which claims of the paper hold: one file a family of claims, each a function of the evidence."""
