"""Dates and numbers as India writes them: the day first, digits in lakhs and crores."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "F Y"

# Indian grouping: 12,34,567. Digits stay those of both languages' everyday use, 0 to 9 (docs/languages.md).
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = (3, 2, 0)
