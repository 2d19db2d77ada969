using System.Reflection;
using System.Reflection.Emit;

namespace Shortener.Tests.Architecture;

/// <summary>Every type that a type uses: in its declaration, its members, its attributes, and the code of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    public static IEnumerable<Type> Of(Type type) => InDeclaration(type).SelectMany(Parts).Distinct();

    private static IEnumerable<Type?> InDeclaration(Type type)
    {
        yield return type.BaseType;
        foreach (var implemented in type.GetInterfaces()) yield return implemented;
        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var field in type.GetFields(Declared)) yield return field.FieldType;
        foreach (var method in type.GetMembers(Declared).OfType<MethodBase>())
        {
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            if (method is MethodInfo { ReturnType: var returned }) yield return returned;
            foreach (var used in InCode(method)) yield return used;
        }
    }

    private static IEnumerable<Type?> InCode(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) yield return clause.CatchType;
        }

        foreach (var token in TokensOf(body.GetILAsByteArray()!))
        {
            var member = method.Module.ResolveMember(
                token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            yield return member as Type ?? member.DeclaringType;
            if (member is FieldInfo field) yield return field.FieldType;
            if (member is not MethodBase called) continue;
            foreach (var parameter in called.GetParameters()) yield return parameter.ParameterType;
            if (called is MethodInfo { ReturnType: var returned }) yield return returned;
            if (!called.IsGenericMethod) continue;
            foreach (var argument in called.GetGenericArguments()) yield return argument;
        }
    }

    private static IEnumerable<int> TokensOf(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = (int)code[at++];
            if (value == 0xFE) value = 0xFE00 | code[at++];
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    /// <summary>The type itself, what it is an array or a reference of, and its generic arguments.</summary>
    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null) yield break;
        yield return type;
        foreach (var part in type.GetGenericArguments().Append(type.GetElementType()).Where(part => part is not { IsGenericParameter: true }))
        {
            foreach (var inner in Parts(part)) yield return inner;
        }
    }
}
