using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>An avatar at one glance: both references, then pictures spread over the loop, its last and its first side by side.</summary>
internal static class PackagePreview
{
    private const int Columns = 4;
    private const int Rows = 3;
    private const int CellPx = 256;

    /// <summary>Draws the sheet.</summary>
    /// <exception cref="InvalidDataException">The clip is damaged.</exception>
    public static I420Frame Draw(AvatarPackage package)
    {
        using var frames = new PackageFrames(package);
        int[] cells = Cells(frames.FrameCount);
        var sheet = new I420Frame(Columns * CellPx, Rows * CellPx);
        sheet.FillBlack();
        var scaler = new I420Scaler(frames.Width, frames.Height, CellPx, CellPx, ScaleMode.Letterbox);
        var picture = new I420Frame(frames.Width, frames.Height);
        for (int n = 0; frames.TryReadNext(picture.View); n++)
        {
            for (int cell = 0; cell < cells.Length; cell++)
            {
                if (cells[cell] == n)
                    scaler.Scale(picture.View, Cell(sheet.View, cell % Columns * CellPx, cell / Columns * CellPx));
            }
        }

        return sheet;
    }

    /// <summary>Which picture of the clip stands in each cell.</summary>
    private static int[] Cells(int loopFrames)
    {
        const int Spread = (Columns * Rows) - FaceTrack.References - 2;
        return
        [
            0, 1, .. Enumerable.Range(0, Spread).Select(i => FaceTrack.References + (i * loopFrames / Spread)),
            FaceTrack.References + loopFrames - 1, FaceTrack.References,
        ];
    }

    private static I420View Cell(I420View sheet, int x, int y)
    {
        int luma = (y * sheet.YStride) + x;
        int chroma = (y / 2 * sheet.ChromaStride) + (x / 2);
        return new I420View(sheet.Y[luma..], sheet.U[chroma..], sheet.V[chroma..], CellPx, CellPx, sheet.YStride, sheet.ChromaStride);
    }
}
