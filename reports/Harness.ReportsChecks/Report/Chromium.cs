using Microsoft.Playwright;

namespace Harness.ReportsChecks.Report;

/// <summary>Debian's Chromium, driven by the driver that ships with Microsoft.Playwright; no browser is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>The program of Debian's package "chromium".</summary>
    public const string Program = "/usr/bin/chromium";

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Starts the browser with an empty profile, as root and without a screen if need be.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>Opens a file as a reader would, with query and fragment where there are any, and notes what it complains of and what it asks the network for.</summary>
    public async Task<OpenedReport> OpenAsync(string path, int width, ColorScheme scheme = ColorScheme.Light, string view = "")
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var opened = new OpenedReport(page);
        page.Console += (_, message) => opened.Complaints.Add(message.Text);
        page.PageError += (_, message) => opened.Complaints.Add(message);
        page.Request += (_, request) => opened.Requests.Add(request.Url);
        await page.GotoAsync(new Uri(path).AbsoluteUri + view, new() { WaitUntil = WaitUntilState.Load });
        return opened;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>A report in a browser tab.</summary>
internal sealed record OpenedReport(IPage Page) : IAsyncDisposable
{
    /// <summary>Messages on the console and uncaught errors.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
