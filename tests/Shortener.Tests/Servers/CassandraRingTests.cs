using System.Net.Sockets;

namespace Shortener.Tests.Servers;

[Collection(CassandraRing.Collection), Trait("Run", "long")]
public sealed class CassandraRingTests(CassandraRing ring)
{
    [Fact]
    public async Task A_killed_node_is_unreachable_while_the_others_answer_and_started_again_it_answers()
    {
        await ring.HealAsync();

        await ring.KillAsync(2);
        await Assert.ThrowsAsync<SocketException>(() => CqlOptions.AskAsync(ring.EndPoints[1]));
        Assert.Equal(CqlOptions.Supported, await CqlOptions.AskAsync(ring.EndPoints[0]));
        Assert.Equal(CqlOptions.Supported, await CqlOptions.AskAsync(ring.EndPoints[2]));

        await ring.RestartAsync(2);
        Assert.Equal(CqlOptions.Supported, await CqlOptions.AskAsync(ring.EndPoints[1]));
    }

    [Fact]
    public async Task A_paused_node_takes_a_connection_and_answers_when_it_is_resumed()
    {
        await ring.HealAsync();

        await ring.PauseAsync(3);
        using var client = await CqlOptions.SendAsync(ring.EndPoints[2]);
        for (var asked = 0; asked < 20; asked++) await CqlOptions.AskAsync(ring.EndPoints[0]);
        Assert.Equal(0, client.Available);

        await ring.ResumeAsync(3);
        Assert.Equal(CqlOptions.Supported, await CqlOptions.ReadAnswerAsync(client));
    }

    [Fact]
    public async Task Healing_resumes_what_is_paused_and_starts_what_is_killed()
    {
        await ring.HealAsync();
        await ring.PauseAsync(1);
        await ring.KillAsync(3);

        await ring.HealAsync();

        foreach (var node in ring.EndPoints) Assert.Equal(CqlOptions.Supported, await CqlOptions.AskAsync(node));
    }
}
