"""Item models for tables and lists."""
