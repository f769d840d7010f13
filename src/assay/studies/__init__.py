"""What is put to an exam: one folder a kind of study."""
