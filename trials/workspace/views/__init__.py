"""Views of the workspace, below /workspace/."""
