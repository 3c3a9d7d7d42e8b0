#:project ../../../src/AvatarEngine/Avatar2D.AvatarEngine.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);NU1603;CS1591;CA1707
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Heads;
using SkiaSharp;

// Usage: dotnet run draw_heads.cs FACEKIT.npz DIR HEADS FACES [FIRST_SEED [TURN]]. Writes NNNNN.jpg (320x320) and NNNNN.pts (468 x 2 little-endian float32,
// points of the face mesh) of rendered heads with random people, light, mouths, eyes, brows and poses; TURN scales how far they turn and nod (1).
HeadModel model = HeadModel.Load(args[0]);
string folder = args[1];
int heads = int.Parse(args[2], CultureInfo.InvariantCulture);
int faces = int.Parse(args[3], CultureInfo.InvariantCulture);
int first = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 9000;
float turn = args.Length > 5 ? float.Parse(args[5], CultureInfo.InvariantCulture) : 1;
Directory.CreateDirectory(folder);
for (int h = 0; h < heads; h++)
{
#pragma warning disable CA5394 // a fixed seed is the point
    var random = new Random(first + h);
    HeadRenderer? renderer = null;
    for (int f = 0; f < faces; f++)
    {
        if (renderer is null || f % 3 == 0)
            renderer = new HeadRenderer(model, first + h, ((first + h) * 100) + f, 320);
        float Lot(float low, float high) => low + ((high - low) * random.NextSingle());
        float Wide(float spread) => spread * (Lot(-1, 1) + Lot(-1, 1) + Lot(-1, 1)) / 1.5f;
        float Seldom(float chance, float high) => random.NextSingle() < chance ? Lot(0, high) : 0;
        FaceParameters mouth = FaceParameters.Lerp(
            VisemeTable.Shape(VisemeTable.All[random.Next(VisemeTable.All.Count)]),
            VisemeTable.Shape(VisemeTable.All[random.Next(VisemeTable.All.Count)]),
            Lot(0, 1)).Times(Lot(0.4f, 1.3f));
        float blink = random.NextSingle() < 0.25f ? Lot(0.5f, 1) : Seldom(0.3f, 0.4f);
        float gazeX = Wide(0.7f), gazeY = Wide(0.4f);
        FaceParameters rest = new()
        {
            EyeBlinkLeft = blink,
            EyeBlinkRight = random.NextSingle() < 0.1f ? 0 : blink,
            EyeWideLeft = Seldom(0.2f, 1),
            EyeWideRight = Seldom(0.2f, 1),
            EyeSquintLeft = Seldom(0.3f, 0.8f),
            EyeSquintRight = Seldom(0.3f, 0.8f),
            MouthSmileLeft = Seldom(0.35f, 1),
            MouthSmileRight = Seldom(0.35f, 1),
            MouthFrownLeft = Seldom(0.1f, 0.6f),
            MouthFrownRight = Seldom(0.1f, 0.6f),
            CheekPuff = Seldom(0.05f, 0.6f),
            BrowInnerUp = Seldom(0.3f, 1),
            BrowOuterUpLeft = Seldom(0.3f, 1),
            BrowOuterUpRight = Seldom(0.3f, 1),
            BrowDownLeft = Seldom(0.25f, 1),
            BrowDownRight = Seldom(0.25f, 1),
            EyeLookOutLeft = Math.Max(0, gazeX),
            EyeLookInRight = Math.Max(0, gazeX),
            EyeLookInLeft = Math.Max(0, -gazeX),
            EyeLookOutRight = Math.Max(0, -gazeX),
            EyeLookUpLeft = Math.Max(0, gazeY),
            EyeLookUpRight = Math.Max(0, gazeY),
            EyeLookDownLeft = Math.Max(0, -gazeY),
            EyeLookDownRight = Math.Max(0, -gazeY),
            HeadYaw = Wide(0.5f * turn),
            HeadPitch = Wide(0.3f * turn),
            HeadRoll = Wide(0.25f),
            HeadScale = Lot(0.3f, 0.8f),
        };
        renderer.Render(FaceParameters.Add(mouth, rest));
        string name = Path.Combine(folder, ((h * faces) + f).ToString("D5", CultureInfo.InvariantCulture));
        using SKBitmap picture = new(new SKImageInfo(320, 320, SKColorType.Bgra8888, SKAlphaType.Opaque));
        renderer.Pixels.CopyTo(picture.GetPixelSpan());
        using (FileStream file = File.Create(name + ".jpg"))
            picture.Encode(file, SKEncodedImageFormat.Jpeg, 95);
        var mesh = new Vector3[468];
        renderer.FillMesh(mesh);
        Vector2[] points = [.. mesh.Select(p => new Vector2(p.X, p.Y))];
        File.WriteAllBytes(name + ".pts", MemoryMarshal.AsBytes(points.AsSpan()).ToArray());
    }

    Console.WriteLine($"{h + 1}/{heads}");
}
