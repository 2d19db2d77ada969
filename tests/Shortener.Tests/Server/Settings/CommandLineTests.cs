using Shortener.Server.Settings;

namespace Shortener.Tests.Server.Settings;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--Shortener:Keys:Length=8")]
    [InlineData("--shortener:keys:length=8")]
    [InlineData("--urls=http://127.0.0.1:0;http://[::1]:0")]
    [InlineData("--URLS=")]
    [InlineData("--http_ports=8080")]
    [InlineData("--environment=Development")]
    [InlineData("--contentRoot=/srv")]
    [InlineData("--applicationName=x")]
    [InlineData("--AllowedHosts=sho.rt;localhost")]
    [InlineData("--Logging:LogLevel:Default=Debug")]
    [InlineData("--Logging:Console:FormatterOptions:IncludeScopes=a=b")]
    [InlineData("--Kestrel:Endpoints:Https:Url=https://*:443")]
    [InlineData("--Kestrel:Certificates:Default:Path=/srv/cert.pem")]
    public void A_setting_of_the_service_or_of_aspnet_is_taken(string argument)
    {
        var read = CommandLine.Read([argument]);
        Assert.Empty(read.Errors);
        Assert.Equal([argument], read.Understood);
    }

    [Fact]
    public void The_value_may_be_the_next_argument()
    {
        var read = CommandLine.Read(["--urls", "http://127.0.0.1:0", "--Shortener:Keys:Secret", "--a=b", "--environment=x"]);
        Assert.Empty(read.Errors);
        Assert.Equal(["--urls=http://127.0.0.1:0", "--Shortener:Keys:Secret=--a=b", "--environment=x"], read.Understood);
    }

    [Theory]
    [InlineData("--Shortner:Keys:Length=8", "--Shortner:Keys:Length is no setting")]
    [InlineData("--ShortenerKeys:Length=8", "--ShortenerKeys:Length is no setting")]
    [InlineData("--port=1", "--urls")]
    [InlineData("--Kestrel:Limits:MaxConcurrentConnections=5", "--Kestrel:Endpoints:...")]
    [InlineData("--shutdownTimeoutSeconds=5", "is no setting")]
    [InlineData("--", "is no setting")]
    [InlineData("--=5", "is no setting")]
    [InlineData("-x=1", "'-x=1' is not understood")]
    [InlineData("/urls=http://127.0.0.1:0", "write settings as --Name=value")]
    [InlineData("urls=http://127.0.0.1:0", "write settings as --Name=value")]
    [InlineData("serve", "'serve' is not understood")]
    [InlineData("--Shortener:Access:NewAdminKey", "write --Shortener:Access:NewAdminKey=value")]
    public void What_would_be_ignored_is_told_in_one_sentence(string argument, string advice)
    {
        var read = CommandLine.Read(["--urls=http://127.0.0.1:0", argument]);
        Assert.Contains(advice, Assert.Single(read.Errors), StringComparison.Ordinal);
        Assert.Equal(["--urls=http://127.0.0.1:0"], read.Understood);
    }

    [Fact]
    public void An_unknown_name_takes_its_value_with_it() =>
        Assert.Contains("--port is no setting", Assert.Single(CommandLine.Read(["--port", "80"]).Errors), StringComparison.Ordinal);
}
