"""Figures: one file a kind, one style for all; they draw what netCDF files hold."""
