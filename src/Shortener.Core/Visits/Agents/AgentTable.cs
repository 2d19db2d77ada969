using static Shortener.Core.Visits.Agents.AgentEvidence;

namespace Shortener.Core.Visits.Agents;

/// <summary>
/// What user agents are made of. Of the rows that an agent holds, the first that names a browser names it; so for systems and
/// devices. Evidence adds up over all rows.
/// </summary>
internal static class AgentTable
{
    /// <summary>The browser that <see cref="Contact"/> says nothing about.</summary>
    public const string InternetExplorer = "Internet Explorer";

    private const string Desktop = "Desktop", Phone = "Phone", Tablet = "Tablet", Tv = "TV", Console = "Console";

    /// <summary>The rows, first ones first.</summary>
    public static AgentRow[] Rows { get; } =
    [
        // These end as a row below does, and silence it: phones of the make Cubot, a translator's proxy, two browsers.
        .. Say("cubot|, cubot_, translate.google.com, avantbrowser.com, developerpreview/"),

        .. Say("bot|, bots, robot, bot_, bot-, crawl, spider, scrap, slurp, fetch, archiv, mediapartners, google-ads", Program),
        .. Say("externalhit, preview/, web preview, favicon, imageproxy, |feed/, |feedb, rss/, subscribers, wordpress", Program),
        .. Say("headless, selenium, puppeteer, playwright, phantomjs, lighthouse, synthetics, ptst/, pingdom, metrix", Program),
        .. Say("monitor, uptime, watcher|, check|, linkcheck, inspect, scanner, scan|, survey, valid, verif, audit", Program),
        .. Say("security|, securityh, compliance, analy, metrics, sitemap, optimiz, grab|, search/, hosting, test)", Program),
        .. Say("curl, wget, python, libwww-perl, okhttp, httpclient, httrack, |java), agent/, agent;, agent), -agent", Program),

        .. Say("://, www., @, [at], (at), .com|, .org|, .io|, .html", Contact),

        .. Say("webkit, gecko, khtml, presto, goanna, |links, elinks, lynx, w3m, dillo, mosaic, netscape, planetweb", Engine),
        .. Say("icab, ibrowse, ice browser, crazy browser, avant, netfront, obigo, teleca, up., mmp/, wap, build/", Engine),
        .. Say("dalvik, mot-, |sec-, |lg, |ppc, samsung", Engine),

        .. Say("|edg/, |edge/, |edga/, |edgios/", browser: "Edge"),
        .. Say("samsungbrowser/", browser: "Samsung Internet"),
        .. Say("operamini, |opera mini, |opera mobi", browser: "Opera", device: Phone),
        .. Say("|opr/, |opera, |opt/, opios/, coast/, mms/1.0.2", browser: "Opera"),
        .. Say("yabrowser", browser: "Yandex Browser"),
        .. Say("vivaldi/", browser: "Vivaldi"),
        .. Say("ucbrowser, ucweb", browser: "UC Browser"),
        .. Say("qqbrowser", browser: "QQ Browser"),
        .. Say("|silk/", browser: "Silk", system: "Android", device: Tablet),
        .. Say("duckduckgo", browser: "DuckDuckGo"),
        .. Say("brave/", browser: "Brave"),
        .. Say("whale/", browser: "Whale"),
        .. Say("maxthon", browser: "Maxthon"),
        .. Say("puffin/", browser: "Puffin"),
        .. Say("miuibrowser", browser: "Mi Browser"),
        .. Say("dolphin", browser: "Dolphin"),
        .. Say("seamonkey", browser: "SeaMonkey"),
        .. Say("palemoon", browser: "Pale Moon"),
        .. Say("waterfox", browser: "Waterfox"),
        .. Say("konqueror", browser: "Konqueror"),
        .. Say("epiphany", browser: "Epiphany"),
        .. Say("galeon", browser: "Galeon"),
        .. Say("camino", browser: "Camino"),
        .. Say("thunderbird", browser: "Thunderbird"),
        .. Say("instagram", browser: "Instagram"),
        .. Say("fban, fbav, fbbv", browser: "Facebook"),
        .. Say("pinterest", browser: "Pinterest"),
        .. Say("snapchat", browser: "Snapchat"),
        .. Say("|line/", browser: "LINE"),
        .. Say("micromessenger", browser: "WeChat"),
        .. Say("bytedance, musical_ly", browser: "TikTok"),
        .. Say("twitter", browser: "X"),
        .. Say("|gsa/", browser: "Google app"),
        .. Say("electron/", browser: "Electron"),
        .. Say("firefox, fxios/", browser: "Firefox"),
        .. Say("|msie, trident/", browser: InternetExplorer),
        .. Say("chrome/, crios/, chromium/", browser: "Chrome"),
        .. Say("version/, safari/", browser: "Safari"),

        .. Say("smart-tv, smarttv, |tv|, googletv, appletv, roku/, bravia, netcast, viera", device: Tv),
        .. Say("hbbtv", Engine, device: Tv),
        .. Say("playstation, nintendo, |psp", Engine, device: Console),
        .. Say("xbox", device: Console),
        .. Say("windows phone, iemobile", Engine, system: "Windows Phone", device: Phone),
        .. Say("|cros|", system: "Chrome OS", device: Desktop),
        .. Say("ipad", system: "iOS", device: Tablet),
        .. Say("|tablet, kindle, playbook", device: Tablet),
        .. Say("iphone, ipod, |ios|, |iph|", system: "iOS", device: Phone),
        .. Say("|cpu os", system: "iOS"),
        .. Say("mobile, symbian", device: Phone),
        .. Say("nokia, blackberry, sonyericsson, |midp, |cldc, |j2me", Engine, device: Phone),
        .. Say("|iuc", Engine, system: "iOS", device: Phone),
        .. Say("|juc", Engine, system: "Android", device: Phone),
        .. Say("|android", Engine, system: "Android", device: Tablet),
        .. Say("|adr|", system: "Android", device: Tablet),
        .. Say("mac os, macos, macintosh, mac_powerpc, macbook, macmini, |imac", system: "macOS", device: Desktop),
        .. Say("|windows, |win nt, |win 9, |win9, |winnt, |win32, |win16, |win3", system: "Windows", device: Desktop),
        .. Say("|linux, |x11, ubuntu", system: "Linux", device: Desktop),

        // Programs that ask by Apple's CFNetwork tell the processor of a Mac, and of a phone nothing.
        .. Say("(i386), (x86_64), i386/64bit", system: "macOS"),
        .. Say("darwin", system: "iOS"),
    ];

    /// <summary>A row for each of the patterns, which a comma and a space part.</summary>
    private static IEnumerable<AgentRow> Say(
        string patterns, AgentEvidence evidence = None, string? browser = null, string? system = null, string? device = null) =>
        patterns.Split(", ").Select(pattern =>
            new AgentRow(pattern, browser is null ? evidence : evidence | Engine, browser, system, device));
}
