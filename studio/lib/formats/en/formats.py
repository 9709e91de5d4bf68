"""Dates in English as the studio writes them: the day first, months in words."""

DATE_FORMAT = "j F Y"  # 19 November 2026
TIME_FORMAT = "H:i"  # 23:40
DATETIME_FORMAT = "j F Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j M"  # 19 Nov
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
FIRST_DAY_OF_WEEK = 1
