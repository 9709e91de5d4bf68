"""The page that brings hours in, and files to hand to it."""

from django.core.files.uploadedfile import SimpleUploadedFile

ADDRESS = "/time/import/"
TEXT = """日期,小时,类型,备注,天气
2026-10-31,2.5,写作,第十四章,5
2026-11-18,1.5,Photoshop,shot 07,4
2026-11-19,很久,弯路,,
合计,4,,,
"""
NOON = ("Film", "shot 07", "2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00", "")


def upload(text=TEXT, name="工时.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, data)
