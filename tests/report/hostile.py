"""A hundred cell texts that mean harm: markup, scripts, links, formulas, terminal escapes, characters nobody sees."""

from __future__ import annotations

MARKUP = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<!--<script>", "--><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<a href='javascript:alert(1)'>補助金</a>",
    '"><img src=x onerror=alert(1)>', "'><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "`onclick=alert(1)`",
    "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</td></tr></table><h1>偽の見出し</h1>", "<base href=https://example.com/>",
    "<meta http-equiv=refresh content='0;url=https://example.com/'>", "<link rel=stylesheet href=https://example.com/x.css>", "<style>*{display:none}</style>", "<form action=https://example.com><input name=q>", "<object data=https://example.com>",
    "<math><mtext><script>alert(1)</script></mtext></math>", "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<details open ontoggle=alert(1)>", "<marquee onstart=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "<ScRiPt>alert(1)</sCrIpT>", "<script\n>alert(1)</script\n>",
    "<<script>script>alert(1)<</script>/script>", "<plaintext>", "<xmp><script>alert(1)</script></xmp>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml-stylesheet href='https://example.com/x'?>",
]  # fmt: skip
TEMPLATES = [
    "{{ 7*7 }}", "{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "{# comment #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%s%n%x", "{0.__class__}", "{value}{suggestion}{detail}",
]  # fmt: skip
LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)", "javascript&colon;alert(1)", "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "blob:https://example.com/x", "//example.com/x", "https://example.com/\" onclick=\"alert(1)",
]  # fmt: skip
FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://example.com\",\"補助金\")", "+1+1", "-1+1", "@SUM(1)", "=IMPORTXML(\"https://example.com\",\"//a\")", "\t=1+1", "\r=1+1", "＝1+1", "=DDE(\"cmd\",\"/C calc\",\"x\")", ";=1+1",
]  # fmt: skip
TERMINAL = [
    "\x1b[31mred", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;https://example.com\x07補助金\x1b]8;;\x07", "\x9b31mred", "\x1bPq\x1b\\", "a\x08\x08b", "a\rb", "\x07", "\x1b[6n", "\x1b]52;c;aGVsbG8=\x07", "[red]markup[/red]", "[/]", "[link=https://example.com]補助金[/link]", "\x00null", "\x7f\x85\x9d",
]  # fmt: skip
UNSEEN = [
    "補助\u202e金助\u202c", "\u2066補助金\u2069", "補\u200b助\u200c金\u200d", "\ufeff補助金", "補\u00ad助金", "補\u2060助金", "補\u061c助金", "補\U000e0041助金", "補\u2028助\u2029金", "\u180e補助金", "補\u3164助金", "補\ufff9助金\ufffb",
]  # fmt: skip
TEXTS = [*MARKUP, *TEMPLATES, *LINKS, *FORMULAS, *TERMINAL, *UNSEEN]
