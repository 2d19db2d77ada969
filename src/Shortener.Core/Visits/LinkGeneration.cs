namespace Shortener.Core.Visits;

/// <summary>
/// What visits are counted for: one life of an alias. A re-issued alias has another generation, and its own counts.
/// </summary>
/// <param name="Alias">
/// The alias; "" with generation 0 stands for all unknown aliases, "@" and an owner with generation 0 for all of the owner's
/// links.
/// </param>
/// <param name="Generation">0 or more.</param>
public readonly record struct LinkGeneration(string Alias, int Generation);
