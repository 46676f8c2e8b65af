"""What visitors say is wrong on a trial's page, and what was answered."""
