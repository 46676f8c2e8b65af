"""The picture that messengers show with a link of ours: its words, how it is drawn, where it is served."""
