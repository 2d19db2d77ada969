using System.Collections;

namespace Cassandra.Types;

/// <summary>Gives a value that was read as the type that the caller asks for.</summary>
internal static class Conversion
{
    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];
    private static readonly Type[] Lists = [typeof(List<>)];

    /// <exception cref="InvalidTypeException">There is no such conversion.</exception>
    public static object To(Type target, object value)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;
        if (target.IsInstanceOfType(value)) return value;
        return (value, Type.GetTypeCode(target)) switch
        {
            (DateTimeOffset time, TypeCode.DateTime) => time.UtcDateTime,
            (TimeUuid id, _) when target == typeof(Guid) => id.ToGuid(),
            (Guid id, _) when target == typeof(TimeUuid) => (TimeUuid)id,
            (Array items, _) when IsOneOf(Sets, target) => Collect(typeof(HashSet<>), target, items),
            (Array items, _) when IsOneOf(Lists, target) => Collect(typeof(List<>), target, items),
            (Array items, _) when target.IsGenericType && target.GetGenericTypeDefinition() == typeof(SortedSet<>) =>
                Collect(typeof(SortedSet<>), target, items),
            (IDictionary map, _) when target.IsGenericType && target.GetGenericTypeDefinition() == typeof(SortedDictionary<,>) =>
                Activator.CreateInstance(target, map)!,
            _ => throw new InvalidTypeException($"A value of {value.GetType()} cannot be had as {target}"),
        };
    }

    private static bool IsOneOf(Type[] definitions, Type target) =>
        target.IsGenericType && Array.IndexOf(definitions, target.GetGenericTypeDefinition()) >= 0;

    /// <summary>The collection that <paramref name="target"/> names, if its elements are those of the array.</summary>
    private static object Collect(Type definition, Type target, Array items)
    {
        var element = target.GetGenericArguments()[0];
        if (element != items.GetType().GetElementType())
            throw new InvalidTypeException($"A value of {items.GetType()} cannot be had as {target}");
        return Activator.CreateInstance(definition.MakeGenericType(element), items)!;
    }
}
