"""Dates in Chinese as the studio writes them; numbers in threes, since 字数 are read that way."""

DATE_FORMAT = "Y年n月j日"  # 2026年11月19日
TIME_FORMAT = "H:i"  # 23:40
DATETIME_FORMAT = "Y年n月j日 H:i"
YEAR_MONTH_FORMAT = "Y年n月"
MONTH_DAY_FORMAT = "n月j日"  # 11月19日
SHORT_DATE_FORMAT = "Y年n月j日"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
FIRST_DAY_OF_WEEK = 1
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
