"""The words of the sample story, in English and in Chinese. All of it is invented."""

WORLD = ("The Computational Universe", "计算宇宙")
VOICE = ("Rational, restrained, epic and profound.", "理性，克制，宏大，深远。")
WHY = ("To bring my novels to life.", "让我的小说活过来。")

CHAPTERS = (
    ("The Survey of Empty Rooms", "空室测绘"),
    ("Clock Without a Hand", "无针之钟"),
    ("What the Beacon Counted", "灯塔所数"),
    ("The Debt of Light", "光之债"),
    ("A Grammar for Stones", "石头的语法"),
    ("Nine Hundred Winters", "九百个冬天"),
    ("Beacon Nine", "九号灯塔"),
    ("Low Tide on Kesh", "克什低潮"),
    ("The Archive Refuses", "档案馆的拒绝"),
    ("An Instrument of Patience", "耐心的仪器"),
    ("Interval", "间隔"),
    ("The Weight of a Bit", "一比特之重"),
    ("Half the Sky", "半边天"),
    ("The Lattice Remembers", "晶格的记忆"),
    ("The Cartographer’s Error", "制图者之误"),
    ("Letters to the Reckoner", "致司算的信"),
    ("Snow on the Array", "阵列上的雪"),
    ("A City That Counts", "计数之城"),
    ("Cold Start", "冷启动"),
    ("The Long Division", "长除法"),
    ("Proof by Exhaustion", "穷举证明"),
    ("The Last Human Error", "人类最后的误差"),
    ("Salt", "盐"),
    ("The Second Survey", "第二次测绘"),
    ("What Was Owed", "所欠"),
    ("The Remainder", "余数"),
)
NOW = 13  # the chapter in hand, counted from 0
PURPOSES = ("Prose", "Structure", "结构")  # of the second passes

FIRST_DRAFT = (
    "The lattice did not shine. It allowed shining, as a mathematics permits its theorems, and for "
    "nine hundred winters no one at all had thought to ask it anything.",
    "Wen Zhao stood where the survey ended. Behind her lay eleven thousand kilometres of endless, "
    "shimmering salt, measured twice and found to agree with itself; ahead, the first node hung a "
    "hand’s breadth above its own reflection, beautiful and terrible.",
    "She wrote the time. She always did this. Then she wrote what she did not see: no source, no "
    "shadow, no wind.",
)
ENGLISH = (
    "The lattice did not shine. It permitted shining, as a mathematics permits its theorems, and "
    "for nine hundred winters nothing had asked.",
    "Wen Zhao stood where the survey ended. Behind her lay eleven thousand kilometres of salt, "
    "measured twice and found to agree with itself; ahead, the first node hung a hand’s breadth "
    "above its own reflection, and the two of them, the light and the image of the light, were "
    "separated by a distance she had no instrument to read.",
    "She wrote the time. It was a habit from the years on Kesh, where the tide came every nine "
    "hours and the living were those who had written it down. Then she wrote what she did not see: "
    "no source, no shadow, no wind. A report, Su Yilan used to say, is the discipline of leaving "
    "things out in the right order.",
    "“You are counting,” said the Reckoner. It did not ask. In forty years it had learned that a "
    "question, put to a surveyor, is only a slower measurement.",
    "“I am waiting for it to count me,” she said.",
    "And because there is no verb in any of the old languages for what the lattice did then, the "
    "archives use the nearest: it remembered. Node after node, outward from the place where she "
    "stood, the dark gave back what it had been given, first the caravans, then the ships, then "
    "the long arithmetic of everyone who had ever crossed the plain and believed themselves alone.",
)
CHINESE = (
    "晶格并不发光。它只是允许光，正如数学允许它的定理；而九百个冬天里，没有谁发问。",
    "闻昭站在测绘的尽头。身后是一万一千公里的盐原，量过两遍，与自身相符；身前，第一个节点悬在自己的"
    "倒影之上一掌之处。光，与光的像，二者之间隔着一段她没有仪器可以读出的距离。",
    "她写下时刻。这是在克什养成的习惯：那里每 9 小时一次潮汐，活下来的人，都是把它记下来的人。然后"
    "她写下没有看见的东西：没有光源，没有影子，没有风。苏伊岚常说，所谓报告，就是按正确的次序舍去事物"
    "的纪律。",
    "“你在计数。”司算说。它并不是在问。四十年里它已学会：向一个测绘者提问，不过是一种更慢的测量。",
    "“我在等它数到我。”她说。",
    "任何一种古老的语言里，都没有一个动词能说出晶格接下来所做的事，于是档案取了最近的那一个：它记起来"
    "了。一个节点接着一个节点，从她站立之处向外，黑暗交还它曾被给予的一切——先是商队，然后是舰船，然后"
    "是每一个穿越过这片盐原、并且以为自己孤身一人的人，那漫长的算术。",
)
# Sentences from which the other chapters are told, each chapter in an order of its own.
MORE_ENGLISH = (
    "The room had been measured, and the measurement had been kept; nobody had kept the room.",
    "On Kesh the tide does not rise. It is withdrawn, and what remains is called land for a while.",
    "He had counted to nine hundred and stopped, not because the winters did.",
    "“A debt is a distance,” the Reckoner said, “with a name on it.”",
    "She read the column twice. The second time it was longer.",
    "There are instruments that wait, and there are instruments that make waiting exact.",
    "No one had told the beacon that the ships were gone, and so it went on being honest.",
    "Su Yilan closed the file. What it left out was in the right order.",
    "The cartographer’s error was small: he had drawn the border where people lived.",
    "It snowed on the array, and for an hour every number ended in white.",
    "The city counted its doors each night, and each night there was one it would not mention.",
    "“You speak as if the dark were listening.” “It is the only one that has never interrupted.”",
    "What remained after the long division was carried, as always, by whoever stood at the end.",
    "A proof by exhaustion asks that somebody be tired; she had brought herself.",
    "The salt kept the prints of the first survey. She set her feet beside them, not in them.",
    "At the ninth hour the water let go of the pier, and the bells began to be visible.",
)
MORE_CHINESE = (
    "那间屋子曾被量过，量得的数还在；没有人留下屋子。",
    "在克什，潮水并不上涨。它只是被收回，剩下的，暂且叫作陆地。",
    "他数到九百便停了，并不是因为冬天停了。",
    "“债是一段距离，”司算说，“上面写着名字。”",
    "她把那一栏读了两遍。第二遍，它更长。",
    "有的仪器在等，有的仪器使等待变得精确。",
    "没有人告诉灯塔船已不在，于是它一直诚实下去。",
    "苏伊岚合上卷宗。它略去的事，次序是对的。",
    "制图者的误差很小：他把边界画在了有人住的地方。",
    "阵列上下了雪，有一个小时，每个数都以白色结尾。",
    "城市每夜清点它的门，每夜都有一扇它不肯提起。",
    "“你说话，像是黑暗在听。”“只有它从不打断。”",
    "长除之后余下的，照例由站在最后的那个人带走。",
    "穷举的证明，要求有一个人疲倦；她把自己带来了。",
    "盐上还留着第一次测绘的脚印。她把脚放在旁边，而不是里面。",
    "第九个小时，水松开码头，钟声开始看得见了。",
)

# (kind, name, Chinese name, in one line, aliases)
BIBLE = (
    (
        "person",
        "Wen Zhao",
        "闻昭",
        "Surveyor. Measures what others assume; writes down what she does not see.",
        ("the surveyor", "测绘者"),
    ),
    (
        "person",
        "Su Yilan",
        "苏伊岚",
        "Archivist on Kesh. Holds that a report is the discipline of leaving out.",
        (),
    ),
    (
        "machine",
        "The Reckoner",
        "司算",
        "A mind that stopped asking questions forty years ago.",
        (),
    ),
    (
        "place",
        "The Quiet Lattice",
        "寂静晶格",
        "Structure above the salt plain. Permits light; remembers who asked for it.",
        ("the lattice", "晶格"),
    ),
    (
        "place",
        "Kesh",
        "克什",
        "Tidal moon, nine-hour tides. Those who live there wrote it down.",
        (),
    ),
    (
        "idea",
        "The Debt of Light",
        "光之债",
        "Every signal sent is energy owed to the dark. Law of Book Two.",
        (),
    ),
)
THREADS = (
    ("The count", "计数", (1, 3, 24)),
    ("Su Yilan’s silence", "苏伊岚的沉默", (13,)),
    ("What the beacon saw", "灯塔所见", (5,)),
    ("The debt", "债", (6, 25)),
    ("Wen Zhao’s maps", "闻昭的地图", (2, 10)),
    ("The tide", "潮汐", (4, 9)),
    ("Letters never sent", "未寄的信", ()),
)

CONCEPTS = (
    ("First Light of the Machine", "机器的第一缕光"),
    ("The Empty Rooms", "空室"),
    ("The Lattice Remembers", "晶格的记忆"),
    ("Low Tide on Kesh", "克什低潮"),
    ("Beacon Nine", "九号灯塔"),
    ("The Debt of Light", "光之债"),
    ("A Grammar for Stones", "石头的语法"),
    ("Nine Hundred Winters", "九百个冬天"),
    ("The Halting Sea", "停机之海"),
    ("The Cartographer’s Error", "制图者之误"),
    ("An Instrument of Patience", "耐心的仪器"),
    ("Clock Without a Hand", "无针之钟"),
    ("The Archive Refuses", "档案馆的拒绝"),
    ("The Weight of a Bit", "一比特之重"),
    ("Interval", "间隔"),
    ("Half the Sky", "半边天"),
    ("A City That Counts", "计数之城"),
    ("The Long Division", "长除法"),
    ("Cold Start", "冷启动"),
    ("Letters to the Reckoner", "致司算的信"),
    ("Snow on the Array", "阵列上的雪"),
    ("The Last Human Error", "人类最后的误差"),
    ("Ten Thousand Hours", "一万小时"),
    ("Proof by Exhaustion", "穷举证明"),
    ("The Remainder", "余数"),
)
# What became a shot of the film in the making: (shot, words), in English and in Chinese.
PASSAGES = (
    (
        (1, "It permitted shining, as a mathematics permits its theorems"),
        (3, "the first node hung a hand’s breadth above its own reflection"),
        (5, "the light and the image of the light"),
        (8, "You are counting"),
        (9, "the dark gave back what it had been given"),
    ),
    (
        (3, "第一个节点悬在自己的倒影之上一掌之处"),
        (9, "黑暗交还它曾被给予的一切"),
    ),
)
STAGES = {
    **dict.fromkeys((1, 2), "released"),
    3: "images",
    **dict.fromkeys((4, 5), "storyboard"),
    **dict.fromkeys(range(6, 12), "brief"),
}
BRIEF = (
    "A survey ends at the edge of a salt plain; what stands there begins to count. One figure, no "
    "dialogue, first light. The lattice is never explained; it is only seen to have been waiting."
)
# (title, seconds, how many versions)
SHOTS = (
    ("The plain before dawn", 6, 6),
    ("She walks to the edge", 5, 5),
    ("First node", 3, 8),
    ("The instrument", 4, 5),
    ("Mirror", 4, 7),
    ("The lattice rises", 7, 9),
    ("The lattice at first light", 9, 7),
    ("Inside the count", 8, 6),
    ("What it gives back", 5, 5),
    ("Beacon Nine answers", 4, 0),
    ("Nine hundred winters", 3, 0),
    ("The archive", 4, 0),
    ("Silence", 6, 0),
    ("Half the sky", 10, 0),
)
TO_CHOOSE = (7, 9)  # shots whose versions wait for a choice

TOOLS = (
    ("Flux", "1.1"),
    ("Kontext", "pro"),
    ("Qwen-Image", "edit"),
    ("Kling", "2.5"),
    ("Veo", "3"),
)
# (tool, capability by its English title, state, days ago, note)
TRIALS = (
    ("Flux", "Hold light and grain", "can", 40, "Grain survives three passes."),
    (
        "Flux",
        "Keep a face across shots",
        "partly",
        33,
        "From behind yes; in profile the jaw drifts.",
    ),
    (
        "Flux",
        "Chinese lettering in the picture",
        "not",
        61,
        "Strokes are plausible and mean nothing.",
    ),
    ("Kontext", "Change one thing only", "can", 18, "The pillar went, the stars stayed."),
    ("Kontext", "Chinese lettering in the picture", "not", 55, "晶格 became 品格."),
    ("Kontext", "Keep a face across shots", "partly", 20, "Four of six."),
    (
        "Qwen-Image",
        "Chinese lettering in the picture",
        "partly",
        9,
        "Two characters hold, four do not.",
    ),
    ("Kling", "Camera path as drawn", "partly", 26, "The rise is smooth; the stop is not."),
    ("Kling", "Water that behaves", "not", 26, "Reflections lag a frame."),
    ("Veo", "A take over ten seconds", "partly", 12, "Eight seconds, then a seam."),
    ("Veo", "Water that behaves", "can", 5, "Still water at last holds a still sky."),
)

# (name, why, began so many days ago, ended so many days ago or 0, paid off, what came of it)
DETOURS = (
    (
        "ComfyUI 节点",
        "No tool does masks by hand the way I see them.",
        330,
        262,
        True,
        "Every mask since runs through it.",
    ),
    ("A better graphics card", "Renders took the evenings.", 250, 176, False, "The waiting moved."),
    ("Kontext", "Lettering in the picture would save a day a shot.", 75, 0, None, ""),
)

LETTERS = (
    (
        "On detours",
        "This week the lattice would not hold still. Four tools, each able to do three quarters of "
        "what the shot needs, and no two of them the same three quarters. So I put the picture "
        "down and went back to the chapter.\n\nIt is easy to forget which of the two is the work. "
        "The films exist because the novels do. I began with one sentence on a sheet of paper, and "
        "it is still the only plan I have: to bring my novels to life.",
        "论弯路",
        "这一周，晶格始终不肯安静。四件工具，各能做到镜头所需的四分之三，而没有两个四分之三是一样的。"
        "于是我放下画面，回到章节。\n\n人很容易忘记，这两者之中哪一个才是作品。先有小说，才有影片。我"
        "从纸上的一句话开始，至今也只有这一个计划：让我的小说活过来。",
        True,
    ),
    (
        "What a version is",
        "Shot 07 has seven versions. Six of them are wrong, and I could not have made the seventh "
        "without any one of them.",
        "何谓一版",
        "镜头 07 有七个版本。其中六个是错的，而少了任何一个，我都做不出第七个。",
        True,
    ),
    (
        "Two thousand hours",
        "A draft, for the day it is true.",
        "两千小时",
        "草稿，留到它成真的那一天。",
        False,
    ),
)
