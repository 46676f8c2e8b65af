"""From registrations to the trials people see: whose word wins, since when, and how it is written down."""
