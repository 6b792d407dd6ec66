import Formats
import Testing

@Suite struct `The text of a page` {
    @Test(
        "is what a person reads",
        arguments: [
            (
                "<p>Hola&nbsp;<b>se&ntilde;or</b> &amp; se&#241;ora &#xe9;&#150;&bogus; &euro;5&lt;6",
                "Hola señor & señora é–&bogus; €5<6\n"
            ),
            ("a\n  b<br>c<div>d</div><p>e</p>f", "a b\nc\nd\n\ne\n\nf\n"),
            ("<ul><li><p>uno</p></li><li>dos</ul>", "* uno\n\n* dos\n"),
            ("a<blockquote><p>b</p>c<blockquote>d</blockquote></blockquote>e", "a\n\n> b\n>\n> c\n>\n>> d\n\ne\n"),
            ("<table><tr><td>a<td>b<tr><th>c</th></table>", "a\tb\nc\n"),
            ("<pre>x  y\n z</pre>", "x  y\n z\n"),
            ("<title>t</title><style>p{}</style><script>if (a<b) '</p>'</script>x", "x\n"),
            ("<!DOCTYPE html><!-- a > -- b --><?php > ?>x<!bogus>y", "?>xy\n"),
            ("<div style=\"color: red; Display : none\">a<div>b</div>c</div>d<p hidden>e</p>f", "df\n"),
            ("<a href='x>y'>ok</a> 3 < 4 </ x> <img alt=\"a &quot;b&quot;\"> <a b='", "ok 3 < 4 a \"b\"\n"),
            ("", ""), ("<p></p>", ""), ("&amp", "&\n"), ("a <", "a <\n"), ("<script>never closed", ""),
        ]
    )
    func isWhatAPersonReads(page: String, text: String) {
        #expect(HTMLText.text(of: Array(page.utf8)) == text)
        var pieces = HTMLText()
        for byte in page.utf8 { withUnsafeBytes(of: byte) { pieces.append($0) } }
        #expect(String(decoding: pieces.finish(), as: UTF8.self) == text)
    }
}
