namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// A listening person. Sway and breath are harmonics of the loop, blinks and glances wrap around its end, so the loop closes
/// exactly in value and speed.
/// </summary>
internal sealed class IdleMotion : FaceTimeline
{
    private readonly float _length;
    private readonly float _breaths;
    private readonly float[] _blinks;
    private readonly Wave[] _waves;
    private readonly Glance[] _glances;

    public IdleMotion(int seed, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(1));
        Duration = duration;
        _length = (float)duration.TotalSeconds;
        var random = new SeededRandom(seed + 1000);
        _breaths = Math.Max(1, MathF.Round(_length / 4));
        _waves = new Wave[8];
        for (int i = 0; i < _waves.Length; i++)
        {
            _waves[i] = new Wave(random);
        }

        _blinks = MakeBlinks(random);
        _glances = MakeGlances(random);
    }

    public override TimeSpan Duration { get; }

    public override FaceParameters At(TimeSpan time)
    {
        float t = (float)(time.TotalSeconds % _length);
        float turn = MathF.Tau * t / _length;
        float blink = Blink(t);
        (float gazeX, float gazeY) = Gaze(t);
        float brow = 0.045f + (0.045f * _waves[5].At(turn));
        float smile = 0.09f + (0.035f * _waves[6].At(turn));
        return new FaceParameters
        {
            HeadYaw = (0.030f * _waves[0].At(turn)) + (0.02f * gazeX),
            HeadPitch = (0.016f * _waves[1].At(turn)) - (0.012f * gazeY) - (0.004f * blink),
            HeadRoll = 0.014f * _waves[2].At(turn),
            HeadShiftX = 0.0045f * _waves[3].At(turn),
            HeadShiftY = 0.0022f * _waves[4].At(turn),
            HeadScale = 0.006f * _waves[7].At(turn),
            Breath = 0.5f - (0.5f * MathF.Cos(turn * _breaths)),
            BrowInnerUp = Math.Max(0, brow),
            BrowOuterUpLeft = Math.Max(0, 0.03f + (0.03f * _waves[7].At(turn))),
            BrowOuterUpRight = Math.Max(0, 0.03f + (0.03f * _waves[7].At(turn))),
            BrowDownLeft = 0.10f * blink,
            BrowDownRight = 0.10f * blink,
            EyeBlinkLeft = blink,
            EyeBlinkRight = blink,
            EyeSquintLeft = 0.15f * blink,
            EyeSquintRight = 0.15f * blink,
            EyeLookOutLeft = Math.Max(0, gazeX),
            EyeLookInRight = Math.Max(0, gazeX),
            EyeLookInLeft = Math.Max(0, -gazeX),
            EyeLookOutRight = Math.Max(0, -gazeX),
            EyeLookDownLeft = Math.Max(0, gazeY),
            EyeLookDownRight = Math.Max(0, gazeY),
            EyeLookUpLeft = Math.Max(0, -gazeY),
            EyeLookUpRight = Math.Max(0, -gazeY),
            MouthSmileLeft = smile,
            MouthSmileRight = smile,
        };
    }

    /// <summary>Lids fall within 0.1 s, stay shut for 0.03 s and rise within 0.22 s.</summary>
    private float Blink(float t)
    {
        float closed = 0;
        foreach (float start in _blinks)
        {
            float d = t - start;
            if (d < 0)
            {
                d += _length;
            }

            float now = d < 0.10f ? Curve.Step(0, 0.10f, d) : d < 0.13f ? 1 : 1 - Curve.Step(0.13f, 0.35f, d);
            closed = Math.Max(closed, now);
        }

        return closed;
    }

    private (float X, float Y) Gaze(float t)
    {
        // The eyes hold a point and jump to the next within 60 ms.
        int last = _glances.Length - 1;
        Glance now = _glances[last];
        Glance before = _glances[Math.Max(0, last - 1)];
        for (int i = 0; i <= last; i++)
        {
            if (t < _glances[i].Start)
            {
                now = _glances[(i + last) % _glances.Length];
                before = _glances[(i + last - 1 + _glances.Length) % _glances.Length];
                break;
            }
        }

        float since = t - now.Start;
        if (since < 0)
        {
            since += _length;
        }

        float k = Curve.Step(0, 0.06f, since);
        return (Curve.Mix(before.X, now.X, k), Curve.Mix(before.Y, now.Y, k));
    }

    private float[] MakeBlinks(SeededRandom random)
    {
        var blinks = new List<float>();
        float first = random.Next(0.8f, 2f);
        float t = first;
        while (t < _length - 0.4f)
        {
            blinks.Add(t);
            t += random.Next(2, 5);
        }

        // The pause across the loop's end keeps to 2 s as well.
        if (blinks.Count > 1 && first + _length - blinks[^1] < 2)
        {
            blinks.RemoveAt(blinks.Count - 1);
        }

        return [.. blinks];
    }

    private Glance[] MakeGlances(SeededRandom random)
    {
        var glances = new List<Glance>();
        float t = random.Next(0.2f, 0.6f);
        while (t < _length - 0.3f)
        {
            bool away = random.Chance(0.22f);
            float reach = away ? 0.22f : 0.05f;
            glances.Add(new Glance(t, random.Next(-reach, reach), random.Next(-reach * 0.6f, reach * 0.8f)));
            t += away ? random.Next(0.5f, 0.9f) : random.Next(0.7f, 2.2f);
        }

        return [.. glances];
    }

    private readonly record struct Glance(float Start, float X, float Y);

    /// <summary>Three harmonics of the loop with random phases, about -1 to 1.</summary>
    private sealed class Wave(SeededRandom random)
    {
        private readonly float _a = random.Next(0, MathF.Tau);
        private readonly float _b = random.Next(0, MathF.Tau);
        private readonly float _c = random.Next(0, MathF.Tau);

        public float At(float turn) =>
            (0.55f * MathF.Sin(turn + _a)) + (0.3f * MathF.Sin((2 * turn) + _b)) + (0.15f * MathF.Sin((3 * turn) + _c));
    }
}
