using Avatar2D.Media;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The fields of an AVStream that are used; it lives as long as its file.</summary>
internal readonly unsafe struct AvStreamView(IntPtr at)
{
    public IntPtr Address { get; } = at;

    public int Index => *(int*)(Address + LibAvLayout.Current.StreamIndex);

    public ref AvRational TimeBase => ref *(AvRational*)(Address + LibAvLayout.Current.StreamTimeBase);

    /// <summary>An AVCodecParameters*.</summary>
    public IntPtr Parameters => *(IntPtr*)(Address + LibAvLayout.Current.StreamParameters);

    /// <summary>The turn that a phone noted: a 3x3 matrix of 16.16 fixed point, whose first row is cosine and sine.</summary>
    public QuarterTurn Turn
    {
        get
        {
            int* matrix = DisplayMatrix();
            if (matrix == null)
                return QuarterTurn.None;
            if (Math.Abs(matrix[1]) > Math.Abs(matrix[0]))
                return matrix[1] > 0 ? QuarterTurn.Right : QuarterTurn.Left;
            return matrix[0] < 0 ? QuarterTurn.Half : QuarterTurn.None;
        }
    }

    private int* DisplayMatrix()
    {
        const int Matrix = 5; // AV_PKT_DATA_DISPLAYMATRIX
        const int MatrixBytes = 36;
        nuint size = 0;
        if (NativeLibraries.AvCodecMajor < 61)
        {
            int* data = AvFormatNative.StreamSideData(Address, Matrix, &size);
            return size >= MatrixBytes ? data : null;
        }

        IntPtr* entry = AvCodecNative.SideDataGet(*(IntPtr*)(Parameters + 32), *(int*)(Parameters + 40), Matrix);
        return entry != null && (nuint)entry[1] >= MatrixBytes ? (int*)entry[0] : null;
    }
}
