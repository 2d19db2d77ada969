using System.Globalization;
using Shortener.Core.Keys;

namespace Shortener.Storage.Cassandra;

/// <summary>
/// Key spaces and leased blocks in Cassandra: a partition for each key length, each write of it conditional on the revision read.
/// </summary>
public sealed class CassandraKeyBlockStore(CassandraDatabase database) : IKeyBlockStore, IDisposable
{
    /// <summary>
    /// How long after its lease a block may be handed back; whoever keeps one longer wastes what is left of it. At 200 links a
    /// second 155,000 leases are kept.
    /// </summary>
    private static readonly TimeSpan LeaseKept = TimeSpan.FromDays(90);

    private static readonly string InsertLease =
        "INSERT INTO key_blocks (length, kind, id, space, first, end, epoch, holder) VALUES (?, ?, ?, ?, ?, ?, ?, ?) " +
        string.Create(CultureInfo.InvariantCulture, $"USING TTL {(int)LeaseKept.TotalSeconds}");

    private readonly CassandraSession _session = database.Session;

    /// <summary>Callers in this process take turns: at once they would only make each other's revisions outdated.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeySpace>> ActivateAsync(KeySpace? requested, KeySpace whenNone, CancellationToken cancellationToken) =>
        ChangeAsync<IReadOnlyList<KeySpace>>(
            (requested ?? whenNone).Length, leaseId: Guid.Empty,
            stored =>
            {
                var wanted = requested ?? stored.Spaces.FirstOrDefault(space => space.Space.Id == stored.Active)?.Space ?? whenNone;
                var found = stored.Find(wanted.Id);
                var others = stored.Spaces.Select(space => space.Space).Where(space => space.Id != wanted.Id);
                IReadOnlyList<KeySpace> answer = [found?.Space ?? wanted with { Next = 0 }, .. others];
                if (found is not null && stored.Active == wanted.Id) return (answer, []);
                var activate = new CqlStatement("UPDATE key_blocks SET active = ? WHERE length = ?", wanted.Id, wanted.Length);
                return (answer, found is not null ? [activate] : [activate, WriteSpace(wanted.Length, new StoredSpace(answer[0], []))]);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LeaseResult> LeaseAsync(string spaceId, int count, Guid leaseId, string holder, CancellationToken cancellationToken)
    {
        var length = KeySpace.LengthOf(spaceId);
        return ChangeAsync<LeaseResult>(
            length, leaseId,
            stored =>
            {
                if (stored.Lease is { } earlier) return (new(LeaseOutcome.Leased, earlier, stored.Closed), []);
                if (stored.Active != spaceId || stored.Find(spaceId) is not { } space) return (new(LeaseOutcome.Closed, null), []);
                if (Take(space, count) is not { Numbers: var numbers, Left: var left }) return (new(LeaseOutcome.Exhausted, null), []);
                var block = new KeyBlock(leaseId, spaceId, numbers, Next(stored));
                var insert = new CqlStatement(
                    InsertLease, length, KeyBlocksOfLength.LeaseKind, leaseId.ToString(), spaceId, numbers.First, numbers.End, block.Epoch, holder);
                return (new(LeaseOutcome.Leased, block, stored.Closed), [WriteSpace(length, left), insert]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReturnAsync(KeyBlock block, IReadOnlyList<KeyRange> unused, CancellationToken cancellationToken)
    {
        var length = KeySpace.LengthOf(block.SpaceId);
        return ChangeAsync<bool>(
            length, block.LeaseId,
            stored =>
            {
                if (stored.Lease?.Epoch != block.Epoch || stored.Find(block.SpaceId) is not { } space) return (false, []);
                var free = space.Free.Concat(unused.Where(range => range.Count > 0)).OrderBy(range => range.First);
                var delete = new CqlStatement(
                    "DELETE FROM key_blocks WHERE length = ? AND kind = ? AND id = ?",
                    length, KeyBlocksOfLength.LeaseKind, block.LeaseId.ToString());
                return (true, [WriteSpace(length, space with { Free = [.. free] }), delete]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The revision that the next write makes; also the epoch of a lease that it makes.</summary>
    private static long Next(KeyBlocksOfLength stored) => (stored.Revision ?? 0) + 1;

    private static CqlStatement WriteSpace(int length, StoredSpace stored) => new(
        "INSERT INTO key_blocks (length, kind, id, secret, next, free) VALUES (?, ?, ?, ?, ?, ?)",
        length, KeyBlocksOfLength.SpaceKind, stored.Space.Id, stored.Space.Secret, stored.Space.Next, KeyBlocksOfLength.ToColumn(stored.Free));

    private static (KeyRange Numbers, StoredSpace Left)? Take(StoredSpace stored, int count)
    {
        if (stored.Free is [var free, ..])
        {
            var taken = free with { End = Math.Min(free.End, free.First + count) };
            var rest = free with { First = taken.End };
            return (taken, stored with { Free = [.. stored.Free.Skip(1).Prepend(rest).Where(range => range.Count > 0)] });
        }

        var next = stored.Space.Next;
        var fresh = new KeyRange(next, next + Math.Min(count, KeySpace.CapacityOf(stored.Space.Length) - next));
        return fresh.Count > 0 ? (fresh, stored with { Space = stored.Space with { Next = fresh.End } }) : null;
    }

    /// <summary>Reads what is stored about a length and one lease, and writes what follows from it, in one step.</summary>
    /// <param name="length">The length.</param>
    /// <param name="leaseId">The lease.</param>
    /// <param name="decide">The answer and what to write for it; given the same state twice it says the same.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    private async Task<T> ChangeAsync<T>(
        int length, Guid leaseId, Func<KeyBlocksOfLength, (T Answer, IReadOnlyList<CqlStatement> Writes)> decide, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await _session.DecideAsync(
                async _ =>
                {
                    while (true)
                    {
                        var stored = await ReadAsync(length, leaseId, cancellationToken);
                        var (answer, writes) = decide(stored);
                        if (writes.Count == 0) return answer;
                        var move = new CqlStatement(
                            "UPDATE key_blocks SET revision = ? WHERE length = ? IF revision = ?", Next(stored), length, stored.Revision);
                        if ((await _session.TryAsync(cancellationToken, [move, .. writes])).IsApplied) return answer;
                    }
                },
                cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<KeyBlocksOfLength> ReadAsync(int length, Guid leaseId, CancellationToken cancellationToken)
    {
        const string Select = "SELECT kind, id, revision, active, secret, next, free, space, first, end, epoch FROM key_blocks WHERE length = ?";
        while (true)
        {
            var spaces = await _session.ReadDecidedAsync(
                new($"{Select} AND kind = ?", length, KeyBlocksOfLength.SpaceKind), cancellationToken);
            var lease = await _session.ReadDecidedAsync(
                new($"{Select} AND kind = ? AND id = ?", length, KeyBlocksOfLength.LeaseKind, leaseId.ToString()), cancellationToken);
            var stored = KeyBlocksOfLength.Read(length, [.. spaces, .. lease]);
            // A lease that was made between the two reads belongs to spaces that were read too early.
            if (!(stored.Lease?.Epoch > stored.Revision)) return stored;
        }
    }
}
