using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class PrefetchTests
{
    [Theory]
    [InlineData("prefetch", true)]
    [InlineData("Prefetch", true)]
    [InlineData("prefetch;prerender", true)]
    [InlineData("prefetch;anonymous-client-ip", true)]
    [InlineData("foo, prefetch ; a=b", true)]
    [InlineData("", false)]
    [InlineData("navigate", false)]
    [InlineData("noprefetch", false)]
    public void The_word_decides(string purpose, bool isPrefetch) => Assert.Equal(isPrefetch, Prefetch.IsMeantBy(purpose));
}
