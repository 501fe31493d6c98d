"""The short names that people know: each emoji with its names, the best known first."""

# ruff: noqa: RUF001 (signs are meant as they are)

from typing import Final

COMMON: Final = """
😀 grinning | 😃 smiley | 😄 smile | 😁 grin | 😆 laughing satisfied | 😅 sweat_smile
🤣 rofl | 😂 joy lol | 🙂 slight_smile slightly_smiling_face | 🙃 upside_down
🫠 melting_face | 😉 wink | 😊 blush | 😇 innocent angel_face
🥰 smiling_face_with_hearts in_love | 😍 heart_eyes | 🤩 star_struck | 😘 kissing_heart
😗 kissing | ☺️ relaxed | 😚 kissing_closed_eyes | 🥲 smiling_tear | 😋 yum
😛 stuck_out_tongue tongue_out | 😜 stuck_out_tongue_winking_eye | 🤪 zany_face crazy
😝 stuck_out_tongue_closed_eyes | 🤑 money_mouth | 🤗 hug hugs | 🤭 hand_over_mouth giggle
🫢 gasp | 🫣 peeking | 🤫 shushing_face shush quiet | 🤔 thinking hmm | 🫡 salute
🤐 zipper_mouth | 🤨 raised_eyebrow | 😐 neutral_face | 😑 expressionless | 😶 no_mouth
😏 smirk | 😒 unamused | 🙄 roll_eyes rolling_eyes | 😬 grimacing | 🤥 lying_face
😌 relieved | 😔 pensive | 😪 sleepy | 🤤 drooling_face | 😴 sleeping zzz_face | 😷 mask
🤒 sick thermometer_face | 🤕 hurt head_bandage | 🤢 nauseated_face | 🤮 vomiting puke
🤧 sneezing_face | 🥵 hot_face hot | 🥶 cold_face freezing | 🥴 woozy_face | 😵 dizzy_face
🤯 exploding_head mind_blown | 🤠 cowboy | 🥳 partying_face party | 🥸 disguised_face
😎 sunglasses cool_face | 🤓 nerd nerd_face | 🧐 monocle | 😕 confused | 😟 worried
🙁 slight_frown | ☹️ frowning | 😮 open_mouth | 😯 hushed | 😲 astonished | 😳 flushed
🥺 pleading_face puppy_eyes | 🥹 holding_back_tears | 😨 fearful | 😰 cold_sweat
😥 disappointed_relieved | 😢 cry | 😭 sob | 😱 scream | 😖 confounded | 😣 persevere
😞 disappointed | 😓 sweat | 😩 weary | 😫 tired_face | 🥱 yawning_face yawn
😤 triumph huff | 😡 rage pout | 😠 angry | 🤬 cursing swearing | 😈 smiling_imp | 👿 imp
💀 skull dead | ☠️ skull_crossbones | 💩 poop hankey shit | 🤡 clown | 👹 ogre | 👺 goblin
👻 ghost | 👽 alien | 👾 space_invader | 🤖 robot | 😺 smiley_cat | 😸 smile_cat
😹 joy_cat | 😻 heart_eyes_cat | 😿 crying_cat | 😾 pouting_cat | 🙈 see_no_evil
🙉 hear_no_evil | 🙊 speak_no_evil | 💋 kiss | 💌 love_letter | 💘 cupid | 💝 gift_heart
💖 sparkling_heart | 💗 heartpulse | 💓 heartbeat | 💞 revolving_hearts | 💕 two_hearts
💔 broken_heart | ❤️ heart | 🧡 orange_heart | 💛 yellow_heart | 💚 green_heart
💙 blue_heart | 💜 purple_heart | 🤎 brown_heart | 🖤 black_heart | 🤍 white_heart
🩷 pink_heart | 🩵 light_blue_heart | 🩶 grey_heart | 💯 100 hundred | 💢 anger
💥 boom collision | 💫 dizzy | 💦 sweat_drops | 💨 dash | 🕳️ hole | 💬 speech_balloon
💭 thought_balloon | 💤 zzz | 👋 wave hello bye | 🤚 raised_back_of_hand
✋ raised_hand hand | 🖖 vulcan spock | 👌 ok_hand | 🤌 pinched_fingers | 🤏 pinching_hand
✌️ v victory peace_hand | 🤞 crossed_fingers fingers_crossed
🫰 hand_with_index_finger_and_thumb_crossed | 🤟 love_you_gesture | 🤘 metal rock_on
🤙 call_me | 👈 point_left | 👉 point_right | 👆 point_up_2 | 👇 point_down | ☝️ point_up
👍 +1 thumbsup like yes | 👎 -1 thumbsdown dislike no | ✊ fist | 👊 punch facepunch
🤛 left_fist | 🤜 right_fist | 👏 clap | 🙌 raised_hands hooray | 🫶 heart_hands
👐 open_hands | 🤲 palms_up | 🤝 handshake | 🙏 pray thanks please | ✍️ writing_hand
💅 nail_care | 🤳 selfie | 💪 muscle strong | 👂 ear | 👃 nose | 🧠 brain | 👀 eyes | 👁️ eye
👅 tongue | 👄 lips | 👶 baby | 👦 boy | 👧 girl | 👨 man | 👩 woman | 🧑 person
👴 older_man | 👵 older_woman | 🙅 no_good | 🙆 ok_woman | 💁 tipping_hand | 🙋 raising_hand
🙇 bow | 🤦 facepalm | 🤷 shrug | 👮 cop police | 🕵️ detective | 👷 construction_worker
👸 princess | 🤴 prince | 🥷 ninja | 👼 angel | 🎅 santa | 🦸 superhero | 🦹 supervillain
🧙 mage wizard | 🧛 vampire | 🧟 zombie | 🚶 walking | 🏃 runner running | 💃 dancer
🕺 man_dancing | 👯 dancers | 🧗 climbing | 🏄 surfer | 🏊 swimmer | 🚴 bicyclist biking
🧘 meditation yoga | 🛌 sleeping_bed | 👫 couple | 👪 family | 👥 people busts_in_silhouette
🐵 monkey_face | 🐒 monkey | 🐶 dog | 🐺 wolf | 🦊 fox fox_face | 🐱 cat | 🦁 lion
🐯 tiger | 🐴 horse | 🦄 unicorn | 🐮 cow | 🐷 pig | 🐑 sheep | 🐐 goat | 🐪 camel
🐘 elephant | 🐭 mouse | 🐹 hamster | 🐰 rabbit bunny | 🦔 hedgehog | 🦇 bat | 🐻 bear
🐨 koala | 🐼 panda panda_face | 🦥 sloth | 🐾 paw_prints feet | 🐔 chicken | 🐧 penguin
🐦 bird | 🦆 duck | 🦅 eagle | 🦉 owl | 🐸 frog | 🐢 turtle | 🐍 snake | 🐲 dragon_face
🐉 dragon | 🐳 whale | 🐬 dolphin | 🐟 fish | 🦈 shark | 🐙 octopus | 🐌 snail
🦋 butterfly | 🐛 bug | 🐜 ant | 🐝 bee honeybee | 🐞 ladybug lady_beetle | 🕷️ spider
🦠 microbe virus | 💐 bouquet | 🌸 cherry_blossom | 🌹 rose | 🌻 sunflower | 🌷 tulip
🌱 seedling | 🌲 evergreen_tree | 🌳 tree deciduous_tree | 🌴 palm_tree | 🌵 cactus
🍀 four_leaf_clover luck | 🍁 maple_leaf | 🍂 fallen_leaf | 🍄 mushroom
🌙 moon crescent_moon | ☀️ sunny sun | ⭐ star | 🌟 star2 glowing_star | ☁️ cloud
⛅ partly_sunny | 🌧️ rain | 🌈 rainbow | ☂️ umbrella2 | ☔ umbrella | ⚡ zap lightning
❄️ snowflake | ⛄ snowman | 🔥 fire | 💧 droplet | 🌊 ocean water_wave | 🍇 grapes
🍉 watermelon | 🍊 tangerine orange | 🍋 lemon | 🍌 banana | 🍍 pineapple | 🍎 apple
🍐 pear | 🍑 peach | 🍒 cherries | 🍓 strawberry | 🥝 kiwi | 🍅 tomato | 🥑 avocado
🍆 eggplant | 🥔 potato | 🥕 carrot | 🌽 corn | 🌶️ hot_pepper chili | 🥦 broccoli | 🧄 garlic
🧅 onion | 🍞 bread | 🥐 croissant | 🥨 pretzel | 🥞 pancakes | 🧀 cheese | 🥓 bacon
🍔 hamburger burger | 🍟 fries | 🍕 pizza | 🌭 hotdog | 🥪 sandwich | 🌮 taco | 🌯 burrito
🍳 egg cooking | 🥗 salad green_salad | 🍿 popcorn | 🍜 ramen noodles | 🍝 spaghetti
🍣 sushi | 🥟 dumpling | 🦐 shrimp | 🍦 icecream | 🍩 doughnut donut | 🍪 cookie
🎂 birthday birthday_cake | 🍰 cake | 🧁 cupcake | 🍫 chocolate_bar chocolate | 🍬 candy
🍭 lollipop | 🍯 honey honey_pot | ☕ coffee tea_cup | 🍵 tea | 🍾 champagne
🍷 wine wine_glass | 🍸 cocktail | 🍺 beer | 🍻 beers cheers | 🥂 clinking_glasses toast
🥃 whisky tumbler_glass | 🍽️ plate | 🍴 fork_and_knife | 🔪 knife hocho
🎃 jack_o_lantern halloween | 🎄 christmas_tree | 🎆 fireworks | ✨ sparkles | 🎈 balloon
🎉 tada hurray | 🎊 confetti_ball confetti | 🎁 gift present | 🎗️ reminder_ribbon | 🎟️ tickets
🏆 trophy | 🏅 medal | 🥇 first_place | 🥈 second_place | 🥉 third_place
⚽ soccer football_ball | 🏀 basketball | 🏈 football | 🎾 tennis | 🎳 bowling
🎯 dart bullseye | 🎮 video_game game | 🎲 game_die dice | 🧩 jigsaw puzzle
♟️ chess_pawn chess | 🎭 performing_arts theater | 🎨 art palette | 🧵 thread | 🧶 yarn
🌍 earth_africa earth | 🌎 earth_americas | 🌏 earth_asia | 🗺️ map world_map | ⛰️ mountain
🌋 volcano | 🏕️ camping | 🏖️ beach beach_umbrella | 🏠 house | 🏡 house_with_garden
🏢 office | 🏥 hospital | 🏦 bank | 🏫 school | 🏭 factory | ⛪ church | 🌃 night_with_stars
🚂 steam_locomotive | 🚄 bullettrain_side | 🚆 train | 🚌 bus | 🚑 ambulance
🚒 fire_engine | 🚓 police_car | 🚕 taxi | 🚗 car red_car | 🚚 truck | 🚜 tractor
🚲 bike bicycle | ⛽ fuelpump | 🚨 rotating_light siren | 🚦 traffic_light | 🛑 stop_sign
🚧 construction | ⚓ anchor | ⛵ sailboat boat | 🚢 ship | ✈️ airplane plane
🚀 rocket ship_it | 🛸 flying_saucer ufo | ⌛ hourglass | ⏳ hourglass_flowing_sand
⌚ watch | ⏰ alarm_clock | 🕐 clock1 | 👓 eyeglasses glasses | 👔 necktie | 👕 shirt tshirt
👖 jeans | 👗 dress | 👟 athletic_shoe sneaker | 👠 high_heel | 👑 crown | 🎩 tophat
🎓 mortar_board graduation | 💄 lipstick | 💍 ring | 💎 gem diamond | 🔇 mute
🔊 loud_sound | 📢 loudspeaker | 📣 mega megaphone | 🔔 bell | 🔕 no_bell | 🎵 musical_note
🎶 notes | 🎤 microphone | 🎧 headphones | 📻 radio | 🎸 guitar | 🎹 musical_keyboard piano
🥁 drum | 📱 iphone mobile_phone | ☎️ phone telephone | 🔋 battery | 🔌 electric_plug
💻 computer laptop | 🖥️ desktop_computer desktop | 🖨️ printer | ⌨️ keyboard
💾 floppy_disk save | 💿 cd | 📷 camera | 📹 video_camera | 📺 tv | 🔍 mag search
💡 bulb light_bulb idea | 🔦 flashlight | 📖 book open_book | 📚 books | 📝 memo pencil
📄 page_facing_up | 📰 newspaper | 🔖 bookmark | 🏷️ label | 💰 moneybag | 💵 dollar | 💶 euro
💳 credit_card | ✉️ envelope | 📧 email e-mail | 📦 package parcel | 📫 mailbox | ✏️ pencil2
🖊️ pen | 💼 briefcase | 📁 file_folder folder | 📅 date calendar
📈 chart_with_upwards_trend chart_up | 📉 chart_with_downwards_trend chart_down
📊 bar_chart | 📌 pushpin pin | 📍 round_pushpin | 📎 paperclip | 📏 straight_ruler ruler
✂️ scissors | 🗑️ wastebasket trash | 🔒 lock | 🔓 unlock | 🔑 key | 🔨 hammer
🛠️ tools hammer_and_wrench | ⚔️ crossed_swords | 💣 bomb | 🛡️ shield | 🔧 wrench
🔩 nut_and_bolt | ⚙️ gear | ⚖️ scales | 🔗 link | 🧰 toolbox | 🧲 magnet | 🧪 test_tube
🔬 microscope | 🔭 telescope | 📡 satellite | 💉 syringe | 💊 pill | 🩹 adhesive_bandage
🚪 door | 🛋️ couch | 🚽 toilet | 🚿 shower | 🧹 broom | 🧻 toilet_paper | 🛒 shopping_cart
🚬 smoking cigarette | ⚠️ warning | ⛔ no_entry | 🚫 no_entry_sign prohibited | ☢️ radioactive
☣️ biohazard | ⬆️ arrow_up | ➡️ arrow_right | ⬇️ arrow_down | ⬅️ arrow_left
🔄 arrows_counterclockwise refresh | 🔙 back | 🔜 soon | 🔝 top | ☮️ peace | ☯️ yin_yang
♾️ infinity | ❓ question | ❔ grey_question | ❗ exclamation | ‼️ bangbang | ♻️ recycle | ⭕ o
✅ white_check_mark check done | ✔️ heavy_check_mark | ❌ x cross no_cross
➕ heavy_plus_sign plus | ➖ heavy_minus_sign minus | ➰ curly_loop | ©️ copyright
®️ registered | ™️ tm | 🆗 ok | 🆒 cool | 🆕 new | 🆓 free | 🆘 sos | 🆚 vs | 🔴 red_circle
🟢 green_circle | 🔵 blue_circle | 🟡 yellow_circle | ⚫ black_circle | ⚪ white_circle
🏁 checkered_flag | 🚩 triangular_flag_on_post red_flag | 🏳️ white_flag | 🏴 black_flag
🤹 juggling | 👏 applause
"""
