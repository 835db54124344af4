namespace Descent.Reports;

/// <summary>The style sheet of a report: light and dark, wide and narrow.</summary>
static class HtmlStyle
{
    // Numbers in tiles never break; what may be long (paths, commands, sentences in tables) breaks anywhere rather than being cut.
    public const string Sheet = """
        :root{--ink:#1d2530;--soft:#55606e;--faint:#9aa5b1;--grid:#e8ecf0;--page:#f6f7f9;--card:#fff;
        --accent:#3b6fd4;--good:#2f9e77;--bad:#c0392b;color-scheme:light dark}
        @media(prefers-color-scheme:dark){
        :root{--ink:#e6e9ee;--soft:#a4afbb;--faint:#67727e;--grid:#2b333c;--page:#14181d;--card:#1c2229;--accent:#5b8bea}
        .chart svg{filter:brightness(1.25)}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 20px 40px}
        h1{font-size:25px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:18px;margin:34px 0 12px}
        p{max-width:75ch;overflow-wrap:anywhere}
        .lead{color:var(--soft);margin:0 0 18px}
        .verdict,.tile,.chart,table,pre,.settings{background:var(--card);border-radius:8px;box-shadow:0 1px 3px #0001}
        .verdict{border-left:5px solid var(--accent);padding:14px 18px;margin:14px 0;overflow-wrap:anywhere}
        .verdict.good{border-color:var(--good)}.verdict.bad{border-color:var(--bad)}.verdict b{display:block;font-size:16px}
        .tiles{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}
        .tile{padding:12px 14px;flex:1 0 auto;min-width:140px;max-width:100%}.tile span{color:var(--soft);font-size:12px;display:block}
        .tile b{font-size:16px;white-space:nowrap;font-variant-numeric:tabular-nums}
        .charts{margin:0 0 14px;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(330px,100%),1fr));gap:14px}
        .chart{padding:10px}.chart svg{width:100%;max-width:640px;height:auto;display:block;margin:0 auto;overflow:visible}
        .scroll{overflow-x:auto;margin:0 0 14px}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:6px 11px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:baseline}
        th{color:var(--soft);font-weight:600;font-size:13px;white-space:normal;vertical-align:bottom}
        .word{text-align:left}td.word{white-space:normal;overflow-wrap:anywhere;min-width:6.7em}td.wrap{min-width:20em}
        pre{padding:12px 14px;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
        .settings{margin:0 0 14px;padding:4px 14px}
        .settings div{display:grid;grid-template-columns:minmax(9em,14em) 1fr;gap:14px;padding:6px 0}
        .settings div+div{border-top:1px solid var(--grid)}.settings dt{color:var(--soft)}.settings dd{margin:0;overflow-wrap:anywhere}
        footer{color:var(--soft);font-size:13px;margin-top:34px;border-top:1px solid var(--grid);padding-top:10px}
        @media(max-width:720px){
        main{padding:20px 14px 30px}.settings div{grid-template-columns:1fr;gap:0}td.wrap{min-width:12em}
        .list,.list tbody,.list tr,.list td{display:block;width:100%}.list thead{display:none}
        .list tr{padding:8px 0;border-bottom:1px solid var(--grid)}
        .list td{display:flex;justify-content:space-between;gap:16px;border:0;
        padding:2px 14px;white-space:normal;text-align:right;min-width:0}
        .list td:first-child{font-weight:600;text-align:left}
        .list td::before{content:attr(data-name);color:var(--soft);font-weight:400;text-align:left}.list td:empty{display:none}}
        """;
}
