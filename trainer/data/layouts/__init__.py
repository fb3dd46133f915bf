"""How data sets lie in folders: one module a layout, each turning a listing into a plan."""
