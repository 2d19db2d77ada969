namespace Shortener.Storage.Redis;

/// <summary>
/// The scripts that change entries. Each touches one key, the only one in KEYS, so a cluster takes them. Versions are compared as
/// Lua's numbers, which are exact up to 2^53.
/// </summary>
internal static class CacheScripts
{
    private const string Read =
        """
        local function read(value)
          if type(value) ~= 'string' then return nil end
          local kind, version = string.match(value, '^1(%u)(%d+)')
          return kind, tonumber(version)
        end
        local held = redis.pcall('GET', KEYS[1])
        local kind, version = read(held)

        """;

    /// <summary>
    /// Puts ARGV[1] for ARGV[2] milliseconds unless what is there is newer; 1: it was put. A marker that asks for the store does not
    /// take the place of a value of its own version. Where it has version 0, it goes one above what is there. What cannot be
    /// read, or has no room, is deleted: the next reader asks the store.
    /// </summary>
    public const string Put = Read +
        """
        local value = ARGV[1]
        local newKind, newVersion = read(value)
        if held and not kind then return redis.call('DEL', KEYS[1]) end
        if newKind == 'Q' and newVersion == 0 then
          newVersion = (version or 0) + 1
          value = string.format('1Q%.0f', newVersion)
        end
        if kind and (version > newVersion or (version == newVersion and newKind == 'Q' and kind ~= 'Q')) then return 0 end
        local set = redis.pcall('SET', KEYS[1], value, 'PX', ARGV[2])
        if set.err then redis.call('DEL', KEYS[1]) end
        return 1
        """;

    /// <summary>
    /// Puts ARGV[1] for ARGV[2] milliseconds if the lease ARGV[3] is still there, or a marker that asks for the store and is
    /// not newer; returns false then, else what is there, or the empty text.
    /// </summary>
    public const string Fill = Read +
        """
        local _, newVersion = read(ARGV[1])
        if held == ARGV[3] or (kind == 'Q' and version <= newVersion) then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return false
        end
        return type(held) == 'string' and held or ''
        """;
}
