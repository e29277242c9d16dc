"""How likely a text is in one of the encodings that editors of the past saved: by its letters and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

GOOD, OWN, FAIR, BAD = 3.0, 2.0, 1.0, -3.0
"""What a usual letter counts, any of a large script, another letter, and a sign where none belongs."""

TWO_BYTES = ("CJK", "HANGUL")
"""Scripts so large that most letters are not among the usual ones."""

BETWEEN_LETTERS = "’'ʼ·-"
BEFORE_LETTERS = "“„‘«‹¿¡£€$§"
AFTER_LETTERS = "”“’»›…€°%"
DASHES = "–—"
TYPOGRAPHIC = BETWEEN_LETTERS + BEFORE_LETTERS + AFTER_LETTERS + DASHES

WEST = "éèêëàâäáãåæçíîïñóôöòõøùúûüßœ"
CENTRE = "ąćęłńóśźżěščřžýáíéúůďťňľĺŕőűöüđăâîșț"
GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ"
TURKISH = "çğıöşüâî"
CYRILLIC = "оеаинтсрвлкмдпуяі"
HEBREW = "יוהלאמרתבשנ"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيءآأإةئؤپچگی"
THAI = "านรกเงอม่ยลวดทต้ปะศไสบหิ"
HANZI = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
HANZI_OLD = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多"
)
HANGUL = "이다는을의가에고하지를로은사한도기어인자대일리시해있나서것정수라부그보과게"
KANJI = "日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半"


@dataclass(frozen=True)
class Alphabet:
    """An encoding, and the letters of the languages that are written in it."""

    codec: str
    """As Python calls it."""
    title: str
    """As editors call it."""
    iconv: str
    """As the command iconv calls it."""
    letters: frozenset[str]
    script: str
    """What the Unicode names of these letters begin with."""

    def score(self, text: str) -> float:
        """The mean over all characters beyond ASCII, each judged by its neighbours; above 0 where they make words."""
        judged = [self.judged(*three) for three in neighbours(text)]
        return sum(judged) / max(1, len(judged))

    def judged(self, before: str, character: str, after: str) -> float:
        """What one character speaks for this encoding."""
        if character.isalpha() or character in self.letters:
            return BAD if is_odd(before, character, after, self.script) else self.of_letter(before, character, after)
        if belongs(before, character, after):
            return GOOD
        return 0.0 if character in TYPOGRAPHIC else BAD

    def of_letter(self, before: str, character: str, after: str) -> float:
        """What a letter counts that stands where letters do."""
        if character.lower() in self.letters:
            return GOOD if self.script == "CJK" or before.isalpha() or after.isalpha() else 0.0
        is_own = unicodedata.name(character, "").startswith(self.script)
        return (OWN if self.script in TWO_BYTES else FAIR) if is_own else BAD


def neighbours(text: str) -> Iterator[tuple[str, str, str]]:
    """Each character beyond ASCII with those beside it."""
    last = len(text) - 1
    for at, character in enumerate(text):
        if not character.isascii():
            yield text[at - 1] if at else " ", character, text[at + 1] if at < last else " "


def is_odd(before: str, character: str, after: str, script: str) -> bool:
    """Whether a capital follows a small letter, alphabets mix in a word, or a Latin word has too little of ASCII."""
    if not before.isalpha():
        return False
    if script == "LATIN" and not before.isascii() and after.isalpha() and not after.isascii():
        return True
    is_mixed = before.isascii() and script not in ("LATIN", *TWO_BYTES)
    return is_mixed or (character.isupper() and before.islower())


def belongs(before: str, character: str, after: str) -> bool:
    """Whether a sign stands where such signs stand in a text."""
    if character in BETWEEN_LETTERS and before.isalpha() and after.isalpha():
        return True
    if character in BEFORE_LETTERS and not before.isalnum() and after.isalnum():
        return True
    if character in AFTER_LETTERS and (before.isalnum() or before in ".,!?") and not after.isalpha():
        return True
    if character == "\xa0" or (character in DASHES and (before.isspace() == after.isspace())):
        return True
    return unicodedata.name(character, "").startswith(("IDEOGRAPHIC", "FULLWIDTH", "LEFT CORNER", "RIGHT CORNER"))


def east(codec: str, title: str, iconv: str, letters: str, script: str = "CJK") -> Alphabet:
    """An encoding of two bytes a letter."""
    return Alphabet(codec, title, iconv, frozenset(letters), script)


HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
KATAKANA = "".join(map(chr, range(0x30A1, 0x30FD)))

ALPHABETS = (
    Alphabet("cp1252", "Windows-1252", "WINDOWS-1252", frozenset(WEST), "LATIN"),
    Alphabet("mac_roman", "Mac Roman", "MACINTOSH", frozenset(WEST), "LATIN"),
    Alphabet("cp1250", "Windows-1250", "WINDOWS-1250", frozenset(CENTRE), "LATIN"),
    Alphabet("iso8859_2", "ISO 8859-2", "ISO-8859-2", frozenset(CENTRE), "LATIN"),
    Alphabet("cp1254", "Windows-1254", "WINDOWS-1254", frozenset(TURKISH), "LATIN"),
    Alphabet("cp850", "DOS (code page 850)", "CP850", frozenset(WEST), "LATIN"),
    Alphabet("cp1251", "Windows-1251", "WINDOWS-1251", frozenset(CYRILLIC), "CYRILLIC"),
    Alphabet("koi8_r", "KOI8-R", "KOI8-R", frozenset(CYRILLIC), "CYRILLIC"),
    Alphabet("cp866", "DOS (code page 866)", "CP866", frozenset(CYRILLIC), "CYRILLIC"),
    Alphabet("mac_cyrillic", "Mac Cyrillic", "MACCYRILLIC", frozenset(CYRILLIC), "CYRILLIC"),
    Alphabet("cp1253", "Windows-1253", "WINDOWS-1253", frozenset(GREEK), "GREEK"),
    Alphabet("cp1255", "Windows-1255", "WINDOWS-1255", frozenset(HEBREW), "HEBREW"),
    Alphabet("cp1256", "Windows-1256", "WINDOWS-1256", frozenset(ARABIC), "ARABIC"),
    Alphabet("cp874", "Windows-874", "CP874", frozenset(THAI), "THAI"),
    east("cp932", "Shift JIS", "CP932", HIRAGANA + KATAKANA + KANJI),
    east("euc_jp", "EUC-JP", "EUC-JP", HIRAGANA + KATAKANA + KANJI),
    east("gb18030", "GB 18030", "GB18030", HANZI),
    east("big5", "Big5", "BIG5", HANZI_OLD),
    east("cp949", "EUC-KR", "CP949", HANGUL, "HANGUL"),
)
"""The encodings that are tried; of two that fit as well, the first is meant."""
