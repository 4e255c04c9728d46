"""What people type here."""
