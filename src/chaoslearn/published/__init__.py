"""What the published figures show, and where on their axes a forcing stands."""
