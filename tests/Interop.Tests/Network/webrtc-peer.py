#!/usr/bin/python3
"""A WebRTC peer (aiortc: full ICE, DTLS-SRTP by OpenSSL) without signalling of its own.

Writes its offer as a line of JSON, reads the answer as one, then tells once a second what it has received, until its input ends.
    webrtc-peer.py SPEECH.wav PICTURE.i420 [LOSE]
The last picture is left in PICTURE.i420 as raw I420. LOSE: of so many packets of the picture one is lost on its way in.
"""

import asyncio
import json
import sys

import aioice.ice
import aiortc.rtcdtlstransport
import aiortc.rtcrtpreceiver
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer

# Everything stays on this machine; aioice leaves loopback out otherwise.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]

seen = {"audio": 0, "video": 0, "width": 0, "height": 0, "state": "new", "lost": 0, "rtx": 0}


def tell(message):
    print(json.dumps(message), flush=True)


def lose_packets(payload_type, one_of):
    """Drops packets of one payload type by their sequence numbers, so that the same is lost whatever the pace."""
    transport = aiortc.rtcdtlstransport.RTCDtlsTransport
    handle = transport._handle_rtp_data

    async def lossy(self, data, *more, **named):
        if one_of and data[1] & 0x7F == payload_type and int.from_bytes(data[2:4], "big") % one_of == 0:
            seen["lost"] += 1
            return
        await handle(self, data, *more, **named)

    transport._handle_rtp_data = lossy


def count_retransmissions():
    unwrap = aiortc.rtcrtpreceiver.unwrap_rtx

    def counted(*given, **named):
        seen["rtx"] += 1
        return unwrap(*given, **named)

    aiortc.rtcrtpreceiver.unwrap_rtx = counted


async def take(track, picture):
    while True:
        try:
            frame = await track.recv()
        except Exception:  # aiortc ends a track so
            return
        seen[track.kind] += 1
        if track.kind == "video":
            seen["width"], seen["height"] = frame.width, frame.height
            if seen["video"] % 10 == 0:
                with open(picture, "wb") as file:
                    file.write(frame.to_ndarray(format="yuv420p").tobytes())


async def main(speech, picture, lose=0):
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    tasks = []
    peer.addTrack(MediaPlayer(speech).audio)
    peer.addTransceiver("video", direction="recvonly")

    @peer.on("track")
    def on_track(track):
        tasks.append(asyncio.ensure_future(take(track, picture)))

    @peer.on("connectionstatechange")
    def on_state():
        seen["state"] = peer.connectionState

    await peer.setLocalDescription(await peer.createOffer())
    tell({"sdp": peer.localDescription.sdp})
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    answer = json.loads(await lines.readline())
    video = [line for line in answer["sdp"].splitlines() if line.startswith("m=video")][0]
    lose_packets(int(video.split()[3]), int(lose))
    count_retransmissions()
    await peer.setRemoteDescription(RTCSessionDescription(sdp=answer["sdp"], type="answer"))

    async def report():
        while True:
            tell(seen)
            await asyncio.sleep(1)

    tasks.append(asyncio.ensure_future(report()))
    await lines.readline()
    for task in tasks:
        task.cancel()
    await peer.close()


asyncio.run(main(*sys.argv[1:]))
