"""What each kind of netCDF file holds: results into described datasets, and back."""
