"""What an export leaves out: one source of such objects a file, each rule with its reason."""
