using System.Reflection;
using System.Runtime.CompilerServices;
using Shortener.Tests.Docs;

namespace Shortener.Tests.Architecture;

/// <summary>
/// The analyser bans what a line names to the letter: a line with a slip bans nothing, and one overload left out stays open.
/// </summary>
public sealed class BannedSymbolsTests
{
    private static readonly string[] Banned = [.. File.ReadLines(Repository.Path("BannedSymbols.txt")).Select(line => line.Split(';')[0])];

    /// <summary>Members that make a thread wait, or start what nobody waits for.</summary>
    private static readonly (Type Type, string Name)[] Closed =
    [
        (typeof(Task), nameof(Task.Wait)), (typeof(Task), nameof(Task.WaitAll)), (typeof(Task), nameof(Task.WaitAny)),
        (typeof(Task), nameof(Task.Run)), (typeof(Task), nameof(Task.Delay)), (typeof(Task), nameof(Task.RunSynchronously)),
        (typeof(TaskFactory), nameof(TaskFactory.StartNew)), (typeof(TaskFactory<>), "StartNew"),
        (typeof(TaskAwaiter), "GetResult"), (typeof(TaskAwaiter<>), "GetResult"),
        (typeof(ValueTaskAwaiter), "GetResult"), (typeof(ValueTaskAwaiter<>), "GetResult"),
        (typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter), "GetResult"),
        (typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter), "GetResult"),
        (typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter), "GetResult"),
        (typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter), "GetResult"),
        (typeof(SemaphoreSlim), nameof(SemaphoreSlim.Wait)), (typeof(ManualResetEventSlim), nameof(ManualResetEventSlim.Wait)),
        (typeof(CountdownEvent), nameof(CountdownEvent.Wait)), (typeof(WaitHandle), nameof(WaitHandle.WaitOne)),
        (typeof(WaitHandle), nameof(WaitHandle.WaitAll)), (typeof(WaitHandle), nameof(WaitHandle.WaitAny)),
        // Named as what is banned, not called.
        (typeof(Monitor), nameof(Monitor.Wait)), (typeof(Thread), nameof(Thread.Join)), (typeof(Thread), nameof(Thread.Sleep)),
    ];

    [Fact]
    public void Every_line_names_a_member_that_there_is()
    {
        var types = new[] { typeof(Task), typeof(System.Diagnostics.Stopwatch), typeof(CountdownEvent) }
            .Select(type => type.Assembly).Distinct().SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => Array.Exists(Banned, symbol => symbol[2..].StartsWith(NameOf(type), StringComparison.Ordinal)));
        var members = types.SelectMany(type => type.GetMembers().Select(IdOf).Append($"T:{NameOf(type)}")).ToHashSet(StringComparer.Ordinal);
        Assert.All(Banned, symbol => Assert.True(members.Contains(symbol), symbol));
    }

    [Fact]
    public void Of_a_method_that_blocks_every_overload_is_banned()
    {
        // With a TimeProvider, a delay is what it should be.
        var overloads = Closed.SelectMany(member => member.Type.GetMember(member.Name)).OfType<MethodInfo>()
            .Where(method => Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType != typeof(TimeProvider)));
        Assert.Empty(overloads.Where(method => !Banned.Contains($"T:{NameOf(method.DeclaringType!)}")).Select(IdOf).Except(Banned));
        Assert.Empty(new[] { "P:System.Threading.Tasks.Task`1.Result", "P:System.Threading.Tasks.ValueTask`1.Result" }.Except(Banned));
    }

    /// <summary>The documentation comment id of a member (C# specification, annex D.4.2).</summary>
    private static string IdOf(MemberInfo member)
    {
        var name = $"{NameOf(member.DeclaringType!)}.{member.Name}";
        if (member is not MethodInfo method) return $"{(member is PropertyInfo ? 'P' : 'F')}:{name}";
        var parameters = string.Join(',', method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
        return $"M:{name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{(parameters.Length > 0 ? $"({parameters})" : "")}";
    }

    private static string NameOf(Type type)
    {
        if (type.IsGenericMethodParameter) return $"``{type.GenericParameterPosition}";
        if (type.IsGenericParameter) return $"`{type.GenericParameterPosition}";
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsByRef) return $"{NameOf(type.GetElementType()!)}@";
        if (!type.IsConstructedGenericType) return type.FullName!.Replace('+', '.');
        var definition = NameOf(type.GetGenericTypeDefinition());
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}";
    }
}
