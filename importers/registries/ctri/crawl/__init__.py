"""CTRI read politely, a page at a time: which trialids (`targets`), and a night's visits (`night`)."""
