"""What is done with a finished study: it is asked, and kept current."""
