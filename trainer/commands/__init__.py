"""One module a subcommand; heavy imports happen inside ``run``."""
