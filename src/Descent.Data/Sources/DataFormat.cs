namespace Descent.Data;

/// <summary>The file formats that are read.</summary>
public enum DataFormat
{
    /// <summary>Separated text with or without a header.</summary>
    Csv,

    /// <summary>SVMlight or LIBSVM text.</summary>
    Libsvm,

    /// <summary>IDX arrays.</summary>
    Idx,

    /// <summary>Vowpal Wabbit text.</summary>
    Vw,

    /// <summary>JSON lines: a flat object a line, whose keys are columns.</summary>
    JsonLines,

    /// <summary>Arrays of numpy: NPY, or NPZ, a zip archive of them.</summary>
    Npy,
}
