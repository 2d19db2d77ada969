namespace Shortener.Core.Visits.Countries;

/// <summary>The types of a MaxMind-DB file's values (MaxMind DB file format, version 2.0, "Data Field Format").</summary>
internal enum MaxMindType
{
    Extended = 0,
    Pointer = 1,
    Text = 2,
    Double = 3,
    Bytes = 4,
    UInt16 = 5,
    UInt32 = 6,
    Map = 7,
    Int32 = 8,
    UInt64 = 9,
    UInt128 = 10,
    Array = 11,
    CacheContainer = 12,
    EndMarker = 13,
    Boolean = 14,
    Float = 15,
}
