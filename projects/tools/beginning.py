"""What many people ask of their tools: a short list to begin with, in both languages."""

# (group, English, Chinese)
COMMON = (
    ("picture", "Keep a face across shots", "多个镜头里保持同一张脸"),
    ("picture", "Change one thing only", "只改一处"),
    ("picture", "Hold light and grain", "保持光线与颗粒"),
    ("picture", "Chinese lettering in the picture", "画面中的汉字"),
    ("picture", "Hands holding an instrument", "手持器物"),
    ("motion", "Camera path as drawn", "按画出的路径运镜"),
    ("motion", "A take over ten seconds", "十秒以上的长镜头"),
    ("motion", "Water that behaves", "水像水一样流动"),
    ("motion", "Cut to the rhythm of a text", "按文字的节奏剪辑"),
    ("work", "Name files and keep versions", "给文件命名并保留版本"),
    ("work", "Read a chapter and board it", "读一章，画出分镜"),
)
