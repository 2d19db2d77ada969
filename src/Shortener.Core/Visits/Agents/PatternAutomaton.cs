namespace Shortener.Core.Visits.Agents;

/// <summary>
/// Finds many short texts in one pass: the automaton of Aho and Corasick ("Efficient string matching", 1975), with every failure
/// link already followed, so that a character costs one table look-up however many texts there are.
/// </summary>
/// <remarks>
/// Texts are lower-case ASCII and found in any case. A bar before or behind a text, as in <c>|ios|</c>, says that no ASCII letter
/// may come there. Where several texts end at one place, only the longest counts: so a longer text can silence a shorter one.
/// </remarks>
internal sealed class PatternAutomaton
{
    private const int Root = 0;
    private const int None = -1;

    private readonly byte[] _classes = new byte[128];
    private readonly int _width;
    private readonly short[] _next;
    private readonly short[] _longest;
    private readonly short[] _shorter;
    private readonly (int Length, bool Starts, bool Ends)[] _texts;

    /// <param name="patterns">Different texts; each is known by its place in the list.</param>
    public PatternAutomaton(IReadOnlyList<string> patterns)
    {
        string[] texts = [.. patterns.Select(pattern => pattern.Trim('|'))];
        _texts = [.. patterns.Select((pattern, i) => (texts[i].Length, pattern[0] == '|', pattern[^1] == '|'))];
        var letters = texts.SelectMany(text => text).Distinct().Order().ToArray();
        for (var i = 0; i < letters.Length; i++)
        {
            _classes[letters[i]] = _classes[char.ToUpperInvariant(letters[i])] = (byte)(i + 1);
        }

        _width = letters.Length + 1;
        var trie = new List<short[]> { new short[_width] };
        var longest = new List<short> { None };
        for (var i = 0; i < texts.Length; i++)
        {
            var state = Root;
            foreach (var c in texts[i])
            {
                if (trie[state][_classes[c]] == Root)
                {
                    trie[state][_classes[c]] = checked((short)trie.Count);
                    trie.Add(new short[_width]);
                    longest.Add(None);
                }

                state = trie[state][_classes[c]];
            }

            longest[state] = longest[state] == None ? (short)i : throw new ArgumentException($"'{texts[i]}' comes twice.");
        }

        _shorter = new short[texts.Length];
        FollowFailures(trie, longest, _shorter);
        _next = [.. trie.SelectMany(row => row)];
        _longest = [.. longest];
    }

    /// <summary>The state behind <paramref name="c"/>. The first state is 0.</summary>
    public int Step(int state, char c) => _next[(state * _width) + (c < 128 ? _classes[c] : 0)];

    /// <summary>The longest text that ends at a place.</summary>
    /// <param name="state">The state behind that place.</param>
    /// <param name="input">All that is read, for the letters beside the text.</param>
    /// <param name="end">The place of the text's last character.</param>
    /// <returns>Its place in the list; -1 if there is none.</returns>
    public int Match(int state, ReadOnlySpan<char> input, int end)
    {
        int found = _longest[state];
        while (found != None && !IsBounded(_texts[found], input, end)) found = _shorter[found];
        return found;
    }

    private static bool IsBounded((int Length, bool Starts, bool Ends) text, ReadOnlySpan<char> input, int end)
    {
        var before = end - text.Length;
        return !(text.Starts && before >= 0 && char.IsAsciiLetter(input[before]))
            && !(text.Ends && end + 1 < input.Length && char.IsAsciiLetter(input[end + 1]));
    }

    /// <summary>Breadth first, so that the state that a failure leads to is complete before it is used.</summary>
    private static void FollowFailures(List<short[]> trie, List<short> longest, short[] shorter)
    {
        var failures = new short[trie.Count];
        var queue = new Queue<short>(trie[Root].Where(state => state != Root));
        while (queue.TryDequeue(out var state))
        {
            var failure = failures[state];
            if (longest[state] == None) longest[state] = longest[failure];
            else shorter[longest[state]] = longest[failure];
            for (var i = 0; i < trie[state].Length; i++)
            {
                var child = trie[state][i];
                if (child == Root)
                {
                    trie[state][i] = trie[failure][i];
                }
                else
                {
                    failures[child] = trie[failure][i];
                    queue.Enqueue(child);
                }
            }
        }
    }
}
