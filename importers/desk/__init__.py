"""The import desk, `/imports/`: where admins run imports, look them over and put right what failed."""
