"""What a record says, for people: criteria, steps of treatment, costs, questions, dates."""
