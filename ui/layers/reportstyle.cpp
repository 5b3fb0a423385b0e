// SPDX-License-Identifier: Apache-2.0
#include "layers/reportstyle.h"

#include "theme/themecolors.h"

namespace ui {

namespace {

QByteArray variables(const ThemeColors &colors)
{
    const auto one = [](const char *name, const QColor &color) -> QByteArray {
        return "--" + QByteArray(name) + ':' + color.name().toLatin1() + ';';
    };
    return one("page", colors.window) + one("card", colors.panel) + one("border", colors.line) +
           one("accent", colors.accent) + one("accent-soft", colors.accentSoft) +
           one("warn", colors.warning) + one("warn-soft", colors.warningSoft) + one("code", colors.window) +
           one("sl-text", colors.text) + one("sl-quiet", colors.textQuiet) +
           one("sl-stand-in", colors.standIn) + one("sl-stand-in-soft", colors.standInSoft);
}

constexpr const char *rules = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--sl-text);
  font:15px/1.55 system-ui,"Noto Sans","Segoe UI",Roboto,sans-serif}
main{max-width:1000px;margin:0 auto;padding:48px 24px 64px}
h1{font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.01em;margin:0 0 12px}
h2{font-size:20px;font-weight:650;margin:48px 0 16px}
h3{font-size:16px;font-weight:650;margin:0 0 8px}
p{margin:0 0 12px;max-width:70ch}
.intro{font-size:17px;color:var(--sl-quiet)}
.quiet,.source,figcaption,footer{color:var(--sl-quiet)}
.source,figcaption,footer{font-size:13px}
.figures{display:flex;flex-wrap:wrap;align-items:center;gap:8px 24px;margin:28px 0 8px}
.figure b{display:block;font-size:44px;line-height:1.1;font-weight:650;letter-spacing:-.02em;
  font-variant-numeric:tabular-nums}
.figure span{color:var(--sl-quiet)}
.figure:nth-of-type(3) b{color:var(--accent)}
.arrow{font-size:32px;color:var(--sl-quiet)}
.factor{margin:0;padding:6px 14px;border-radius:999px;background:var(--accent-soft);color:var(--accent);
  font-weight:600}
.note{background:var(--warn-soft);border-left:3px solid var(--warn);border-radius:4px;padding:10px 14px;max-width:none}
figure,.design,section>.scroll,section>details{margin:0 0 20px;background:var(--card);
  border:1px solid var(--border);border-radius:10px;padding:20px 24px}
section>.scroll{padding:8px 16px}
figure svg{display:block;width:100%;height:auto}
figcaption{margin-top:10px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:9px 10px;border-bottom:1px solid var(--border);vertical-align:baseline}
tbody tr:last-child>*{border-bottom:0}
thead th{font-size:13px;font-weight:600;color:var(--sl-quiet)}
tbody th{font-weight:600}
.n{text-align:right;white-space:nowrap}
.badge{display:inline-block;font-size:12px;font-weight:600;padding:1px 9px;border-radius:999px;
  color:var(--sl-stand-in);background:var(--sl-stand-in-soft);margin-left:4px}
.facts{margin-bottom:8px}
.facts b{font-size:22px;font-weight:650;margin-right:6px}
.columns{display:flex;flex-wrap:wrap;gap:16px;margin-top:14px}
.columns>*{flex:1 1 340px;min-width:0;margin:0}
pre{background:var(--code);border:1px solid var(--border);border-radius:8px;padding:14px 16px;overflow:auto}
code,pre{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
td code{white-space:pre-wrap;overflow-wrap:anywhere}
.graph{display:flex;align-items:center;justify-content:center;background:#fff;border:1px solid var(--border);
  border-radius:8px;padding:14px;overflow:auto}
.graph svg{max-width:100%;height:auto}
details{margin-top:14px}
summary{cursor:pointer;font-weight:600;color:var(--accent)}
summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
footer{margin-top:48px;border-top:1px solid var(--border);padding-top:16px}
@media print{body{background:#fff}main{padding:0}figure,.design{break-inside:avoid}}
)";

}

QByteArray reportStyle()
{
    return ":root{" + variables(lightColors()) + "}\n@media (prefers-color-scheme:dark){:root{" +
           variables(darkColors()) + "}}" + rules;
}

}
